import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('fixtures/torchvisionNetworks.py', import.meta.url));

/**
 * Starts a Python that exports networks of torchvision to ONNX, into a temporary folder, where they stay no longer than until they
 * are read.
 *
 * @returns `undefined` where torchvision is not installed; on Debian: `apt-get install python3-torchvision`.
 */
export async function startTorchvision() {
  const folder = mkdtempSync(join(tmpdir(), 'torchvision-'));
  for (const python of ['python3', '/usr/bin/python3']) {
    const child = spawn(python, [SCRIPT, folder], { stdio: ['pipe', 'pipe', 'ignore'] });
    child.on('error', () => undefined);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value: names, done } = await answers.next();
    if (done) continue;
    return {
      names: JSON.parse(names),
      export: async (name) => {
        child.stdin.write(`${name}\n`);
        const answer = await answers.next();
        if (answer.done) throw new Error(`expected an export of ${name}, got none`);
        return readNetwork(folder, JSON.parse(answer.value));
      },
      stop: () => {
        child.kill();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  }
  rmSync(folder, { recursive: true });
  return undefined;
}

function readNetwork(folder, { model, input, output, inner }) {
  const readArray = ({ file, shape }) => ({
    shape,
    values: new Float32Array(new Uint8Array(takeFile(join(folder, file))).buffer),
  });
  return {
    file: takeFile(join(folder, model)),
    image: readArray(input),
    output: readArray(output),
    inner: Object.entries(inner).map(([path, array]) => ({ path, right: readArray(array) })),
  };
}

/** The bytes of a file that is not needed any more. */
function takeFile(path) {
  const bytes = readFileSync(path);
  rmSync(path);
  return bytes;
}
