import { describe, expect, it } from 'vitest';
import { requireOptions } from '../../src/common/requireOptions';

interface Drawing {
  columns?: number;
  layers?: string;
  colormap?: string;
  markDead?: boolean;
}

const NAMES = { columns: true, layers: true, colormap: true, markDead: true } as const;

function check(options: unknown, name?: string): void {
  requireOptions<Drawing, typeof NAMES>(options as Drawing, NAMES, name);
}

describe('requireOptions', () => {
  it.each([
    [{}],
    [{ columns: 8, markDead: undefined }],
    [Object.create(null)],
    [Object.freeze({ layers: 'conv' })],
  ])('takes %o', (options) => {
    expect(() => check(options)).not.toThrow();
  });

  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    ['conv', '"conv"'],
    [7, '7'],
    [[1], '[1]'],
    [new Date(), 'a Date'],
    [Promise.resolve({}), 'a Promise'],
    [new Float32Array(2), 'a Float32Array'],
    [new Map(), 'a Map'],
    [() => 1, 'a function'],
    [Symbol('s'), 'a symbol'],
  ])('refuses %s', (options, got) => {
    expect(() => check(options)).toThrow(new TypeError(`options: expected an object, got ${got}`));
    expect(() => check(options, 'svg')).toThrow(new TypeError(`svg: expected an object, got ${got}`));
  });

  it.each([
    ['layer', 'layers'],
    ['column', 'columns'],
    ['Columns', 'columns'],
    ['colourmap', 'colormap'],
    ['cmap', 'colormap'],
    ['dead', 'markDead'],
    ['layersToShow', 'layers'],
  ])('names the nearest: %s', (asked, nearest) => {
    const message = `${asked}: unknown option; did you mean ${nearest}?`;
    expect(() => check({ columns: 8, [asked]: 1 })).toThrow(new TypeError(message));
    expect(() => check({ [asked]: undefined })).toThrow(new TypeError(message));
    const nested = `svg.${asked}: unknown option; did you mean svg.${nearest}?`;
    expect(() => check({ [asked]: 1 }, 'svg')).toThrow(new TypeError(nested));
  });

  it('lists what there is where none is near', () => {
    expect(() => check({ zz: 1 })).toThrow(
      new TypeError('zz: unknown option; there are columns, layers, colormap, markDead'),
    );
    expect(() => requireOptions({ zz: 1 } as object, { seed: true } as never)).toThrow(
      new TypeError('zz: unknown option; there is seed'),
    );
  });

  it('repeats little of a hostile name', () => {
    const write = (name: string) => {
      try {
        check({ [name]: 1 });
      } catch (error) {
        return (error as Error).message;
      }
      throw new Error('expected an error');
    };
    expect(write('x'.repeat(1e6))).toBe(
      `${'x'.repeat(60)}: unknown option; there are columns, layers, colormap, markDead`,
    );
    expect(write('a\nb')).toBe('"a\\nb": unknown option; there are columns, layers, colormap, markDead');
  });

  it('has lists that the types refuse where they differ from the interface', () => {
    const options: Drawing = {};
    // @ts-expect-error: markDead is missing
    requireOptions(options, { columns: true, layers: true, colormap: true });
    // @ts-expect-error: one name too many
    requireOptions(options, { ...NAMES, rows: true });
    // @ts-expect-error: a name that there is has been taken out
    expect(() => requireOptions(options, { ...NAMES, layers: false })).not.toThrow();
    const fewer: Omit<Drawing, 'layers'> = {};
    requireOptions(fewer, { ...NAMES, layers: false });
    const misspelt = { layers: 'conv' } as Omit<Drawing, 'layers'>;
    expect(() => requireOptions(misspelt, { ...NAMES, layers: false })).toThrow(
      'layers: unknown option; there are columns, colormap, markDead',
    );
  });
});
