import { Cursor } from './Cursor';

/** Bytes that may be unpacked of a file of any size, and for each of its own: zeros pack a thousandfold, weights hardly. */
const [LEAST_UNPACKED, MOST_INFLATION] = [2 ** 24, 64];

/** A file that is read, with an eye on how much of it has been read: what is damaged may say the same thing again and again. */
export class Hdf5Source {
  /** Of the whole file. */
  readonly bytes: Uint8Array;
  /** The heaps of texts that have been read, by their addresses: what lies in each, by its number. */
  readonly heaps = new Map<number, Map<number, Uint8Array>>();
  /** Where the file begins, from which addresses count: there may be something else before it. */
  readonly #base: number;
  #items = 0;
  #unpacked = 0;

  constructor(bytes: Uint8Array, base: number) {
    this.bytes = bytes;
    this.#base = base;
  }

  /** Reads from an address of the file. */
  at(address: number): Cursor {
    return new Cursor(this.bytes, this.#base + address);
  }

  /** The bytes from an address on; they are those of the file, no copy. */
  slice(address: number, length: number): Uint8Array {
    return this.at(address).take(length);
  }

  /** Counts messages, links, nodes and values, each of which takes some bytes of the file. */
  countItems(count: number): void {
    this.#items += count;
    if (this.#items > this.bytes.length) throw new Error('the HDF5 file is damaged: it refers to itself');
  }

  /**
   * Counts the bytes of an array, before anybody makes room for them, and those of its pieces.
   *
   * @throws Error if there are far more than a file of that size can have packed.
   */
  countUnpacked(length: number): void {
    this.#unpacked += length;
    const most = Math.max(LEAST_UNPACKED, MOST_INFLATION * this.bytes.length);
    // Of sizes beyond all numbers, the product may be none.
    if (!(this.#unpacked <= most)) {
      throw new Error(
        `the HDF5 file of ${this.bytes.length} bytes holds arrays of more than ${most}; save it again without compression`,
      );
    }
  }
}
