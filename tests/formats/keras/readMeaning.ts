import { readFileSync } from 'node:fs';

/** What functions of Keras put out, as `tests/fixtures/keras/makeMeaning.py` has computed it by PyTorch. */
export interface Meaning {
  readonly x: readonly number[];
  readonly activations: Readonly<Record<string, readonly number[]>>;
  readonly hard_sigmoid: Readonly<Record<'keras2' | 'keras3', readonly number[]>>;
  readonly image: { readonly shape: readonly number[]; readonly values: readonly number[] };
  readonly enlarged: readonly { readonly size: readonly number[]; readonly values: readonly number[] }[];
}

export function readMeaning(): Meaning {
  return JSON.parse(readFileSync(new URL('../../fixtures/keras/meaning.json', import.meta.url), 'utf8'));
}
