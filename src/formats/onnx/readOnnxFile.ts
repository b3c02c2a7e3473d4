import { type ConvertedFile, convertFile } from './convertFile';
import { readClassNames } from './readClassNames';

/** Files beside a model that its weights may lie in. */
const MOST_FILES = 10_000;

/** What an `.onnx` file holds. */
export interface OnnxFile extends ConvertedFile {
  /** Names of its classes, where it has them. */
  readonly classNames?: readonly string[];
}

/**
 * Reads an `.onnx` file, and the files beside it that it has weights in, each when it turns out to be needed.
 *
 * @param readBeside Reads a file beside it.
 * @throws What `convertOnnxModel` throws, and what `readBeside` does.
 */
export async function readOnnxFile(
  bytes: Uint8Array,
  readBeside: (name: string) => Promise<Uint8Array>,
): Promise<OnnxFile> {
  const beside = new Map<string, Uint8Array>();
  for (;;) {
    const missing: string[] = [];
    const external = (name: string): Uint8Array => {
      const found = beside.get(name);
      if (found) return found;
      missing.push(name);
      throw new Error(`it needs ${JSON.stringify(name)}`);
    };
    try {
      const converted = convertFile(bytes, external);
      const classNames = readClassNames(bytes);
      return { ...converted, ...(classNames && { classNames }) };
    } catch (error) {
      const [name] = missing;
      if (name === undefined || beside.size >= MOST_FILES) throw error;
      beside.set(name, await readBeside(name));
    }
  }
}
