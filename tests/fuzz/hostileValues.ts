const itself: unknown[] = [];
itself.push(itself);

/** Values that nobody means, by what they are. Made anew each time, since a function may hold on to what it is given. */
export function hostileValues(): readonly (readonly [what: string, value: unknown])[] {
  return [
    ['null', null],
    ['true', true],
    ['0', 0],
    ['-1', -1],
    ['a half', 0.5],
    ['2 ** 31', 2 ** 31],
    ['2 ** 53', 2 ** 53],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['a bigint', 10n],
    ['an empty text', ''],
    ['a text', 'constructor'],
    ['a text of two lines', 'one\n<b>two'],
    ['a long text', 'x'.repeat(1e5)],
    ['a symbol', Symbol('hostile')],
    ['a function', () => undefined],
    ['a function that throws', throwBoom],
    ['an object', {}],
    ['an object without a prototype', Object.create(null)],
    ['an object that claims a length', { length: 2 ** 31 }],
    ['an object with a long name', { ['x'.repeat(1e5)]: 1 }],
    ['a date', new Date(0)],
    ['a promise', Promise.resolve({})],
    ['a map', new Map([['a', 1]])],
    ['an expression', /x/g],
    ['an empty list', []],
    ['a list of holes', new Array(5)],
    ['a list with a hole', Object.assign(new Array(3), { 0: 1, 2: 2 })],
    ['a list of symbols', [Symbol('in a list')]],
    ['a list of long texts', ['x'.repeat(1e5)]],
    ['a list of null', [null]],
    ['a list in itself', itself],
    ['floats', new Float32Array([0, 1])],
    ['bytes', new Uint8Array(3)],
    ['no bytes', new Uint8Array(0)],
  ];
}

/** What a callback of a caller may do: its error is its own. */
export const BOOM = 'thrown by the caller';

function throwBoom(): never {
  throw new Error(BOOM);
}
