import { readFileSync } from 'node:fs';

export interface Encoded {
  readonly shape: number[];
  readonly values: string;
}

/** A model as Keras writes it, as far as tests look into it. */
interface WrittenModel {
  readonly class_name: string;
  readonly config: { readonly layers: readonly WrittenLayer[] };
}

export interface WrittenLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** What scripts/fixtures/kerasFiles.py has written about a model. */
export interface ExpectedModel {
  readonly configs: { readonly keras2: WrittenModel; readonly keras3: WrittenModel };
  readonly input: Encoded;
  /** What each of its layers puts out. */
  readonly outputs: Readonly<Record<string, Encoded>>;
}

/** A file that scripts/fixtures/kerasFiles.py has written. */
export function readKerasFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/keras/files/${name}`, import.meta.url)));
}

export function readExpected(name: string): ExpectedModel {
  return JSON.parse(new TextDecoder().decode(readKerasFixture(`${name}.json`)));
}

export function decodeFloats({ values }: Encoded): Float32Array {
  return new Float32Array(new Uint8Array(Buffer.from(values, 'base64')).buffer);
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
