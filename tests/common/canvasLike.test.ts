import { afterEach, describe, expect, it, vi } from 'vitest';
import { findCreateCanvas } from '../../src/common/canvasLike';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** An OffscreenCanvas whose `getContext` does as told. */
function stubOffscreenCanvas(getContext: () => unknown): void {
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      constructor(
        readonly width: number,
        readonly height: number,
      ) {}
      getContext = getContext;
    },
  );
}

describe('findCreateCanvas', () => {
  it('finds the OffscreenCanvas of a worker', () => {
    stubOffscreenCanvas(() => ({}));
    expect(findCreateCanvas()?.(3, 4)).toMatchObject({ width: 3, height: 4 });
  });

  it('finds none in Node', () => {
    expect(findCreateCanvas()).toBeUndefined();
  });

  it('finds none where OffscreenCanvas has no 2D context to give, as in Deno', () => {
    stubOffscreenCanvas(() => null);
    expect(findCreateCanvas()).toBeUndefined();
    stubOffscreenCanvas(() => {
      throw new TypeError('Invalid contextType: 2d');
    });
    expect(findCreateCanvas()).toBeUndefined();
  });
});
