import { describe, expect, it } from 'vitest';
import { decodeBase64 } from '../../src/common/decodeBase64';

describe('decodeBase64', () => {
  it('decodes every byte', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
    expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
    expect(decodeBase64('')).toEqual(new Uint8Array(0));
  });
});
