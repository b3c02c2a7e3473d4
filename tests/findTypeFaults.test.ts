import { describe, expect, test } from 'vitest';
import { findTypeFaults } from '../scripts/package/findTypeFaults.js';

const ours = "node_modules/layerscope/dist/index.d.ts(3,10): error TS2304: Cannot find name 'Buffer'.";
const apps = "useTypes.ts(7,3): error TS2322: Type 'string' is not assignable to type 'number'.";
const theirs = "node_modules/@tensorflow/tfjs-core/dist/io/io.d.ts(9,1): error TS2304: Cannot find name 'X'.";
const general = 'error TS5023: Unknown compiler option.';

describe('findTypeFaults', () => {
  test.each([
    { what: 'no error', status: 0, output: '' },
    { what: 'errors of others', status: 2, output: `${theirs}\n  of more than one line\n` },
    { what: 'errors of others, by TypeScript 7', status: 1, output: theirs },
  ])('finds nothing in $what', (run) => expect(findTypeFaults(run)).toEqual([]));

  test.each([
    { status: 2, output: `${theirs}\n${ours}\n${apps}`, faults: [ours, apps] },
    { status: 1, output: general, faults: [general] },
  ])('finds $faults', ({ faults, ...run }) => expect(findTypeFaults(run)).toEqual(faults));

  test.each([
    { what: 'a crash', status: 1, output: 'TypeError: f is not a function\n    at file.js:1:2' },
    { what: 'a compiler that is not there', status: 1, output: "Error: Cannot find module 'bin/tsc'" },
    { what: 'one that was ended', status: null, output: '' },
    { what: 'one that was ended later', status: null, output: theirs },
    { what: 'an invalid project', status: 3, output: theirs },
    { what: 'errors without a status', status: 0, output: theirs },
  ])('takes $what for a fault', (run) => {
    expect(findTypeFaults(run)).toEqual([
      expect.stringContaining(`expected another exit status than ${run.status}`),
    ]);
  });
});
