/** Reads numbers, the lowest byte first, and never beyond the end. */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  /** @param at Where it begins. */
  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#at = at;
  }

  /** Bytes that are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** Goes on for some bytes, and returns where they began. */
  skip(length: number): number {
    const start = this.#at;
    if (!(length >= 0) || !(start >= 0) || start + length > this.#bytes.length) {
      throw new Error(
        `the HDF5 file is damaged or cut off: expected ${length} bytes at ${start}, of which there are ${Math.max(0, this.#bytes.length - start)}`,
      );
    }
    this.#at = start + length;
    return start;
  }

  /** The next bytes; they are those of the file, no copy. */
  take(length: number): Uint8Array {
    const start = this.skip(length);
    return this.#bytes.subarray(start, start + length);
  }

  u8(): number {
    return this.#view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.#view.getUint16(this.skip(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.skip(4), true);
  }

  /** Above 2 ** 53 it is not exact, and no address or size of a file that there is. */
  u64(): number {
    const low = this.u32();
    return low + this.u32() * 2 ** 32;
  }

  /** A number of up to eight bytes. */
  uint(size: number): number {
    return this.take(size).reduceRight((sum, byte) => sum * 256 + byte, 0);
  }

  /** @throws Error if other letters follow. */
  expect(signature: string): void {
    const start = this.#at;
    const found = String.fromCharCode(...this.take(signature.length));
    if (found !== signature) {
      throw new Error(`the HDF5 file is damaged: expected ${signature} at byte ${start}`);
    }
  }
}

/** What stands for an address of what is nowhere. */
export function isNowhere(address: number): boolean {
  return address >= 2 ** 53;
}
