/** Files that belong together, of which one is a model; they are read when they are asked for. */
export interface ModelFiles {
  /** What the caller's argument is called, for messages: `'source'`. */
  readonly argument: string;
  /** What all of them are called together, for messages. */
  readonly place: string;
  /** Those that are known to be there. */
  readonly names: readonly string[];
  /** Whether there may be others, which are found by trying. */
  readonly isOpen: boolean;
  /** Finds the file that a model calls so, by a path from the folder that the model is in. */
  locate(model: string, path: string): string;
  /** Writes down where a file is, quoted, for messages. */
  describe(name: string): string;
  /**
   * Bytes that a file has, if that is known before it is read.
   *
   * @throws UnreadableFile if it is not there.
   */
  sizeOf(name: string): Promise<number | undefined>;
  /** Reads the first bytes, a kilobyte at most. */
  readHead(name: string): Promise<Uint8Array>;
  /**
   * Reads a file.
   *
   * @param isAnnounced Whether its size has been told to the meter already.
   * @throws UnreadableFile if it is not there or cannot be read; RangeError if that would be more bytes than are allowed.
   */
  read(name: string, isAnnounced?: boolean): Promise<Uint8Array>;
}

/** Bytes by which a file is recognised. */
export const HEAD_BYTES = 1024;

/** Why a file cannot be read; the message is the reason alone. */
export class UnreadableFile extends Error {}
