import { describe, expect, it } from 'vitest';
import { exportJson, importJson } from '../../src/export';
import { makeItems } from './exportItems';
import { attempt, createChooser } from './mutate';
import { mutateJson } from './mutateJson';

describe('JSON', () => {
  it('gives back what was written', () => {
    const chooser = createChooser(6);
    for (let round = 0; round < 80; round++) {
      const items = makeItems(chooser);
      expect(importJson(exportJson([...items.activations, ...items.figures]))).toEqual(items);
    }
  });

  it('that was changed is read as it says, or refused in a few words', () => {
    const chooser = createChooser(7);
    let refused = 0;
    for (let round = 0; round < 1200; round++) {
      const items = makeItems(chooser);
      const text = mutateJson(exportJson([...items.activations, ...items.figures]), chooser);
      const result = attempt(() => importJson(text));
      if ('error' in result) {
        refused++;
        expect(result.error.message).toMatch(/^text[:.]/);
        expect(result.error.message.length).toBeLessThanOrEqual(400);
        continue;
      }
      // Nothing has been made of anything else: written again, it says the same.
      const { activations, figures } = result.value;
      expect(JSON.parse(exportJson([...activations, ...figures]))).toEqual(normalize(JSON.parse(text)));
    }
    expect(refused).toBeGreaterThan(500);
    expect(refused).toBeLessThan(1200);
  });
});

/** Numbers as they are once they are floats: of data alone, since the text may have more digits than these. */
function normalize(stored: { activations: { data: (number | string)[] }[] }) {
  const float = (value: number | string) => (typeof value === 'number' ? shorten(Math.fround(value)) : value);
  return {
    ...stored,
    activations: stored.activations.map((item) => ({ ...item, data: item.data.map(float) })),
  };
}

function shorten(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
