import type { Activation, Figure } from '../../src/common/types';
import { readZip } from '../../src/common/zip/readZip';
import { unpackEntry } from '../../src/common/zip/unpackEntry';
import { exportNpz } from '../../src/export';
import { writeNpy } from '../../src/export/npyFormat';
import { createFigure } from '../../src/figure/createFigure';
import { writeZip } from '../common/zip/zipFile';

export const activation: Activation = {
  layerName: 'conv',
  className: 'Conv2D',
  shape: [1, 2, 2, 2],
  data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, Number.NaN),
};
const plain = createFigure(activation, { title: 'foo' });
export const figure: Figure = {
  ...plain,
  lostNaN: true,
  tiles: plain.tiles.map((tile, at) =>
    at ? tile : { ...tile, label: 'red', rgb: new Uint8Array(12).fill(9) },
  ),
};

/** Writes what `exportNpz` does, once some of its arrays have been replaced, left out (undefined) or added. */
export function change(changes: Readonly<Record<string, Uint8Array | undefined>>): Uint8Array {
  const files = new Map(
    readZip(exportNpz([activation, figure])).map((entry) => [entry.name, unpackEntry(entry)]),
  );
  for (const [name, content] of Object.entries(changes)) {
    if (content) files.set(`${name}.npy`, content);
    else files.delete(`${name}.npy`);
  }
  return writeZip([...files].map(([name, content]) => ({ name, content })));
}

type Metadata = {
  activations: Record<string, unknown>[];
  figures: (Record<string, unknown> & { tiles: Record<string, unknown>[] })[];
};

/** The same, once the metadata have been edited. */
export function edit(editor: (metadata: Metadata) => unknown): Uint8Array {
  const entry = readZip(exportNpz([activation, figure])).find(({ name }) => name === 'layerscope.npy')!;
  const text = Buffer.from(unpackEntry(entry).subarray(128)).toString('utf16le').replaceAll('\0', '');
  const metadata = JSON.parse(text.slice(text.indexOf('{'))) as Metadata;
  const edited = editor(metadata);
  return change({ layerscope: writeText(JSON.stringify(edited === undefined ? metadata : edited)) });
}

export function writeText(text: string, descr = `<U${text.length}`): Uint8Array {
  return writeNpy({ descr, shape: [], bytes: Buffer.from(Uint32Array.from(Buffer.from(text)).buffer) });
}

export const bytes = (
  shape: number[],
  length = shape.reduce((product, size) => product * size, 1),
  descr = '|u1',
) => writeNpy({ descr, shape, bytes: new Uint8Array(length) });
