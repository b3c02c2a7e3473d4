import { describe, expect, it } from 'vitest';
import { readZip } from '../../src/common/zip/readZip';
import { unpackEntry } from '../../src/common/zip/unpackEntry';
import { exportNpz, importNpz } from '../../src/export';
import { writeNpy } from '../../src/export/npyFormat';
import { writeZip } from '../common/zip/zipFile';
import { makeItems } from './exportItems';
import { attempt, createChooser, mutateBytes } from './mutate';
import { mutateJson } from './mutateJson';

describe('a .npz file', () => {
  it('gives back what was written, whatever the names', () => {
    const chooser = createChooser(3);
    for (let round = 0; round < 60; round++) {
      const items = makeItems(chooser);
      const file = exportNpz([...items.activations, ...items.figures]);
      expect(importNpz(file)).toEqual(items);
      const names = readZip(file).map(({ name }) => name.normalize('NFC').toLowerCase());
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('that is damaged gives back what was written, or is refused in a few words', () => {
    const chooser = createChooser(4);
    let refused = 0;
    let items = makeItems(chooser);
    let file = exportNpz([...items.activations, ...items.figures]);
    for (let round = 0; round < 1500; round++) {
      if (round % 25 === 0) {
        items = makeItems(chooser);
        file = exportNpz([...items.activations, ...items.figures]);
      }
      // The headers, above all: 46 bytes before a name in the directory, 30 before an entry, 22 at the end.
      const places = [
        ...Buffer.from(file)
          .toString('latin1')
          .matchAll(/PK(\x01\x02|\x03\x04|\x05\x06)/g),
      ].flatMap(({ index }) => Array.from({ length: 46 }, (_, at) => index + at));
      const result = attempt(() => importNpz(mutateBytes(file, chooser, places)));
      if ('value' in result) {
        // A date, a version, a remark: what no value depends on.
        expect(result.value).toEqual(items);
        continue;
      }
      refused++;
      expect(result.error.message).toMatch(/^file[:,]/);
      expect(result.error.message.length).toBeLessThanOrEqual(400);
    }
    expect(refused).toBeGreaterThan(500);
    expect(refused).toBeLessThan(1500);
  });

  it('whose text is another gives back the arrays, or is refused in a few words', () => {
    const chooser = createChooser(5);
    let refused = 0;
    for (let round = 0; round < 600; round++) {
      const items = makeItems(chooser);
      const written = exportNpz([...items.activations, ...items.figures]);
      const files = readZip(written).map((entry) => ({ name: entry.name, content: unpackEntry(entry) }));
      const text = readText(files[0]!.content);
      files[0] = { name: files[0]!.name, content: writeText(mutateJson(text, chooser)) };
      const result = attempt(() => importNpz(writeZip(files)));
      if ('error' in result) {
        refused++;
        expect(result.error.message).toMatch(/^file[:,.]/);
        expect(result.error.message.length).toBeLessThanOrEqual(400);
        continue;
      }
      const { activations, figures } = result.value;
      const given = activations.reduce((sum, { data }) => sum + data.length, 0);
      const had = items.activations.reduce((sum, { data }) => sum + data.length, 0);
      // Arrays that the text does not name any more are activations by their own names.
      expect(given).toBeGreaterThanOrEqual(had);
      for (const { shape, data } of activations) {
        expect(shape.reduce((product, size) => product * size, 1)).toBe(data.length);
      }
      for (const { tiles, colormap } of figures) {
        expect(colormap.rgba).toHaveLength(1024);
        for (const { indices, width, height } of tiles) expect(indices).toHaveLength(width * height);
      }
    }
    expect(refused).toBeGreaterThan(150);
  });
});

function readText(file: Uint8Array): string {
  const start = 10 + file[8]! + 256 * file[9]!;
  const codes = new Uint32Array(Uint8Array.from(file.subarray(start)).buffer);
  return Array.from(codes, (code) => String.fromCodePoint(code)).join('');
}

function writeText(text: string): Uint8Array {
  const codes = Uint32Array.from(text, (character) => character.codePointAt(0)!);
  return writeNpy({ descr: `<U${codes.length}`, shape: [], bytes: new Uint8Array(codes.buffer) });
}
