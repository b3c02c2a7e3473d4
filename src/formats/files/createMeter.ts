/** Counts what is read for a model. */
export interface Meter {
  /** Whether it is to go on. */
  readonly signal: AbortSignal | undefined;
  /** Bytes that may yet be read. */
  readonly left: number;
  /** Says how many bytes are going to be read; `undefined` where nobody knows. */
  announce(bytes: number | undefined): void;
  /** Counts bytes that have been read. */
  count(bytes: number): void;
  /**
   * Counts bytes that are to be allocated, before they are.
   *
   * @param what What they are for, quoted.
   * @throws RangeError if that is more than is allowed in all.
   */
  allow(bytes: number, what: string): void;
}

export interface MeterOptions {
  readonly argument: string;
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((loaded: number, total: number | undefined) => void) | undefined;
}

/** Makes what counts the bytes of a model as they are read. */
export function createMeter({ argument, maxBytes, signal, onProgress }: MeterOptions): Meter {
  let loaded = 0;
  let allowed = 0;
  let total: number | undefined = 0;
  return {
    signal,
    get left() {
      return maxBytes - allowed;
    },
    announce(bytes) {
      total = total === undefined || bytes === undefined ? undefined : total + bytes;
    },
    count(bytes) {
      loaded += bytes;
      onProgress?.(loaded, total);
    },
    allow(bytes, what) {
      allowed += bytes;
      if (allowed <= maxBytes) return;
      throw new RangeError(
        `${argument}: expected a model of at most ${maxBytes} bytes in all, got more with ${what}; pass maxBytes to open it`,
      );
    },
  };
}
