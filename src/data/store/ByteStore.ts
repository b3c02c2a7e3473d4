/** A place that keeps files by their names. */
export interface ByteStore {
  /** Returns a file; `undefined` if there is none of that name. */
  readonly read: (file: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Writes a file whole or not at all, in place of one of that name. */
  readonly write: (file: string, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** Removes a file, which may be missing. */
  readonly remove: (file: string) => Promise<void>;
}

/** Keeps nothing. */
export const noStore: ByteStore = {
  read: async () => undefined,
  write: async () => undefined,
  remove: async () => undefined,
};

/** Makes of a store that may fail one that then keeps nothing. */
export function forgivingStore({ read, write, remove }: ByteStore): ByteStore {
  return {
    read: (file) => read(file).catch(() => undefined),
    write: (file, bytes) => write(file, bytes).catch(() => undefined),
    remove: (file) => remove(file).catch(() => undefined),
  };
}
