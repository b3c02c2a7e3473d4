import type { Meter } from './createMeter';
import { UnreadableFile } from './ModelFiles';

interface Reading {
  readonly meter: Meter;
  /** Whether the meter knows already how many bytes there are to come. */
  readonly isAnnounced: boolean;
  /** What it is, quoted, for messages. */
  readonly what: string;
}

/**
 * Reads the body of an answer, and gives up as soon as it is more than it may be.
 *
 * @param length Bytes that it is to have, if that is known.
 * @throws RangeError if it is more than the meter allows; UnreadableFile if it ends too early or is longer than it says.
 */
export async function readStream(
  response: Response,
  length: number | undefined,
  { meter, isAnnounced, what }: Reading,
): Promise<Uint8Array> {
  const { signal } = meter;
  const reader = response.body?.getReader();
  try {
    if (length !== undefined) meter.allow(length, what);
    if (!isAnnounced) meter.announce(length);
    const chunks: Uint8Array[] = [];
    let loaded = 0;
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      signal?.throwIfAborted();
      if (done || !value) break;
      chunks.push(value);
      loaded += value.length;
      if (length === undefined) meter.allow(value.length, what);
      else if (loaded > length) throw new UnreadableFile(`more than the ${length} bytes that it should have`);
      meter.count(value.length);
    }
    if (length !== undefined && loaded < length) {
      throw new UnreadableFile(`${loaded} of ${length} bytes, then nothing more`);
    }
    return join(chunks, loaded);
  } catch (cause) {
    await reader?.cancel().catch(() => undefined);
    signal?.throwIfAborted();
    if (cause instanceof UnreadableFile || cause instanceof RangeError) throw cause;
    throw new UnreadableFile(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
