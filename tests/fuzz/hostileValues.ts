type HostileValue = readonly (readonly [what: string, value: unknown])[];

const itself: unknown[] = [];
itself.push(itself);

/** Values that nobody means, by what they are. Made anew each time, since a function may hold on to what it is given. */
export function hostileValues(): HostileValue {
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
    ['a symbol', Symbol('hostile')],
    ['a function', () => undefined],
    ['a function that throws', throwBoom],
    ['an object', {}],
    ['an object without a prototype', Object.create(null)],
    ['an object that claims a length', { length: 2 ** 31 }],
    ['a date', new Date(0)],
    ['a promise', Promise.resolve({})],
    ['a map', new Map([['a', 1]])],
    ['an expression', /x/g],
    ['an empty list', []],
    ['a list of holes', new Array(5)],
    ['a list with a hole', Object.assign(new Array(3), { 0: 1, 2: 2 })],
    ['a list of symbols', [Symbol('in a list')]],
    ['a list of null', [null]],
    ['a list in itself', itself],
    ['floats', new Float32Array([0, 1])],
    ['bytes', new Uint8Array(3)],
    ['no bytes', new Uint8Array(0)],
    ...hugeValues(),
  ];
}

const LONG = 'x'.repeat(1e5);
const NAMES = Array.from({ length: 1e4 }, (_, at) => `name ${at}`);

/** Values that a message has no room for. They take long to make, so they are made once, and whoever changed one would be seen. */
const HUGE: HostileValue = Object.entries({
  'a long text': LONG,
  'a long text of control characters': '\u0001'.repeat(1e5),
  'a long address': `https://example.org/${LONG}`,
  'a long expression': new RegExp(LONG.slice(0, 1e4)),
  'a symbol with a long name': Symbol(LONG),
  'a function with a long name': Object.defineProperty(() => undefined, 'name', { value: LONG }),
  'an object of a class with a long name': new { [LONG]: class {} }[LONG]!(),
  'an object with a long name': { [LONG]: 1 },
  'an object with many names': Object.fromEntries(NAMES.map((name) => [name, 1])),
  'an error with a long message': new Error(LONG),
  'a long list': NAMES.map((_, at) => at),
  'a long list of texts': NAMES,
  'a list of long texts': [LONG, LONG],
  'a list nested deep': NAMES.reduce<unknown[]>((inner) => Object.freeze([inner]) as unknown[], []),
}).map(([what, value]) => [what, Object.freeze(value)]);

export function hugeValues(): HostileValue {
  return [...HUGE, ['many bytes', new Uint8Array(1e5)]];
}

/** What a callback of a caller may do: its error is its own. */
export const BOOM = 'thrown by the caller';

function throwBoom(): never {
  throw new Error(BOOM);
}
