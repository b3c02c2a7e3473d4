import type { Chooser } from './mutate';

const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1e9,
  1e300,
  256,
  '',
  'abc',
  'NaN',
  '1',
  'x'.repeat(1000),
  [],
  [1],
  {},
  { length: 3e8 },
  ['\u0000'.repeat(100)],
  [[[[]]]],
];

/** Changes, takes away, doubles or adds values anywhere in a text of JSON, or damages the text itself. */
export function mutateJson(text: string, { below, pick, random }: Chooser): string {
  if (random() < 0.05) return text.slice(0, below(text.length));
  const root: unknown = JSON.parse(text);
  for (let left = 1 + below(2); left > 0; left--) {
    const places: [Record<string, unknown>, string][] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const key of Object.keys(value)) {
        places.push([value as Record<string, unknown>, key]);
        visit((value as Record<string, unknown>)[key]);
      }
    };
    visit(root);
    // Numbers of data and colours are many; the fields around them are to be changed as often.
    const fields = places.filter(([parent]) => !Array.isArray(parent));
    const [parent, key] = pick(random() < 0.7 ? fields : places);
    const change = pick(['set', 'set', 'delete', 'add', 'double']);
    if (change === 'set') parent[key] = structuredClone(pick(ODD));
    if (change === 'delete' && !Array.isArray(parent)) delete parent[key];
    if (change === 'add') {
      Object.defineProperty(parent, pick(['__proto__', 'more', 'data', 'shape', 'indices']), {
        value: structuredClone(pick(ODD)),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    const value = parent[key];
    if (change === 'double' && Array.isArray(value)) value.push(...value.slice(0, 5));
  }
  return JSON.stringify(root);
}
