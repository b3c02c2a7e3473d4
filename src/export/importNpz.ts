import { unzipSync } from 'fflate';
import { describeValue } from '../common/errors';
import type { Figure, Tile } from '../common/types';
import type { ExportedItems } from './ExportedItems';
import { importNpy } from './importNpy';
import { readRange } from './jsonNumbers';
import { readNpy } from './npyFormat';
import { METADATA, type NpzMetadata } from './npzLayout';

/** Unpacked bytes at the most: a small file may claim any size. */
const LARGEST = 2 ** 31;

/**
 * Reads a `.npz` file: activations and figures as `exportNpz` wrote them, or any arrays of numbers that `numpy.savez` or
 * `numpy.savez_compressed` wrote, as activations by their names.
 *
 * @param file Its bytes.
 * @throws TypeError if `file` is no bytes; RangeError saying what is wrong with it.
 */
export function importNpz(file: Uint8Array): ExportedItems {
  if (!(file instanceof Uint8Array)) {
    throw new TypeError(`file: expected the bytes of a .npz file, got ${describeValue(file)}`);
  }
  const entries = unpack(file);
  const text = entries.get(METADATA);
  if (!text) {
    const activations = [...entries].map(([name, bytes]) =>
      named(name, () => importNpy(bytes, { layerName: name })),
    );
    return { activations, figures: [] };
  }
  const metadata = readMetadata(text);
  const take = (name: string) => {
    const bytes = entries.get(name);
    if (bytes) return bytes;
    throw new RangeError(`file: expected the entry ${JSON.stringify(name)}, got a file without it`);
  };
  return {
    activations: metadata.activations.map(({ entry, ...rest }) => {
      return named(entry, () => ({ ...importNpy(take(entry)), ...rest }));
    }),
    figures: metadata.figures.map(({ entry, colormap, tiles, ...rest }): Figure => {
      const cells = named(entry, () => readNpy('file', take(`${entry}/indices`)));
      const missing = readNpy('file', take(`${entry}/missing`)).bytes;
      const rgb = tiles.some((tile) => tile.hasRgb) && readNpy('file', take(`${entry}/rgb`)).bytes;
      const size = (cells.shape[1] ?? 0) * (cells.shape[2] ?? 0);
      const part = (bytes: Uint8Array, at: number, samples = 1) =>
        bytes.slice(at * size * samples, (at + 1) * size * samples);
      return {
        ...rest,
        ...readRange(rest.domain),
        colormap: { name: colormap, rgba: readNpy('file', take(`${entry}/colormap`)).bytes.slice() },
        tiles: tiles.map(({ min, max, hasMissing, hasRgb, ...tile }, at): Tile => {
          return {
            ...tile,
            ...readRange(tile.domain),
            min: Number(min),
            max: Number(max),
            indices: part(cells.bytes, at),
            ...(hasMissing && { missing: part(missing, at) }),
            ...(hasRgb && rgb && { rgb: part(rgb, at, 3) }),
          };
        }),
      };
    }),
  };
}

function unpack(file: Uint8Array): Map<string, Uint8Array> {
  let size = 0;
  try {
    const files = unzipSync(file, {
      filter({ originalSize }) {
        size += originalSize;
        if (size > LARGEST) throw new RangeError(`more than ${LARGEST} bytes when unpacked`);
        return true;
      },
    });
    return new Map(Object.entries(files).map(([name, bytes]) => [name.replace(/\.npy$/, ''), bytes]));
  } catch (cause) {
    throw new RangeError(
      `file: expected a .npz file, got one that cannot be unpacked: ${(cause as Error).message}`,
      { cause },
    );
  }
}

function readMetadata(bytes: Uint8Array): NpzMetadata {
  try {
    const characters = readNpy('file', bytes).bytes;
    const view = new DataView(characters.buffer, characters.byteOffset, characters.length);
    const text = Array.from({ length: characters.length / 4 }, (_, at) => {
      return String.fromCodePoint(view.getUint32(at * 4, true));
    }).join('');
    const metadata = JSON.parse(text) as NpzMetadata;
    if (Array.isArray(metadata.activations) && Array.isArray(metadata.figures)) return metadata;
  } catch (cause) {
    throw new RangeError('file: expected a text of JSON in its array "layerscope", got something else', {
      cause,
    });
  }
  throw new RangeError(
    'file: expected activations and figures in its array "layerscope", got something else',
  );
}

/** Says which entry an error is about. */
function named<Item>(name: string, read: () => Item): Item {
  try {
    return read();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new RangeError(message.replace(/^file:/, `file, entry ${JSON.stringify(name)}:`), { cause });
  }
}
