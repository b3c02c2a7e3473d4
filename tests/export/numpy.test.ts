import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportNpz, importNpz } from '../../src/export';
import { makeItems } from '../fuzz/exportItems';
import { createChooser } from '../fuzz/mutate';

const folder = mkdtempSync(join(tmpdir(), 'layerscope-numpy-'));
afterAll(() => rmSync(folder, { recursive: true }));

function python(script: string) {
  return spawnSync('python3', ['-c', `import numpy, json\n${script}`], { cwd: folder, encoding: 'utf8' });
}

describe.runIf(python('').status === 0)('numpy', () => {
  it('reads what was written, and what it writes of that is read as the same', () => {
    const chooser = createChooser(11);
    const files = Array.from({ length: 30 }, () => makeItems(chooser));
    files.forEach(({ activations, figures }, at) => {
      writeFileSync(join(folder, `${at}.npz`), exportNpz([...activations, ...figures]));
    });
    const { stdout, stderr } = python(`
said = []
for at in range(${files.length}):
  with numpy.load(f'{at}.npz', allow_pickle=False) as f:
    arrays = {name: f[name] for name in f.files}
  assert len(arrays) == len(f.files)
  metadata = json.loads(str(arrays['layerscope']))
  said.append([[arrays[each['entry']].tobytes().hex(), list(arrays[each['entry']].shape)] for each in metadata['activations']])
  numpy.savez(f'{at}-again.npz', **arrays)
  numpy.savez_compressed(f'{at}-packed.npz', **arrays)
print(json.dumps(said))`);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(
      files.map(({ activations }) =>
        activations.map(({ shape, data }) => [Buffer.from(data.buffer).toString('hex'), shape]),
      ),
    );
    files.forEach((items, at) => {
      expect(importNpz(readFileSync(join(folder, `${at}-again.npz`)))).toEqual(items);
      expect(importNpz(readFileSync(join(folder, `${at}-packed.npz`)))).toEqual(items);
    });
  });

  it('writes arrays that are read as they are, to a file and to a stream', () => {
    const { stderr, stdout } = python(`
a = numpy.arange(24).reshape(2, 3, 4)
arrays = {'plain': a, 'big': a.astype('>i8'), 'turned': numpy.asfortranarray(a.astype('f8')), 'one': numpy.float32(7), 'none': numpy.zeros((0, 3)),
  'truth': a > 11, '__proto__': a.astype('u2')}
numpy.savez('file.npz', **arrays)
class Stream:
  def __init__(self, file): self.file = file
  def write(self, bytes): return self.file.write(bytes)
  def flush(self): self.file.flush()
  def read(self, *size): raise OSError()
numpy.savez_compressed(Stream(open('stream.npz', 'wb')), **arrays)
print(json.dumps([[name, list(b.shape), numpy.asarray(b, 'f4').reshape(-1).tolist()] for name, b in arrays.items()]))`);
    expect(stderr).toBe('');
    for (const name of ['file.npz', 'stream.npz']) {
      const { activations } = importNpz(readFileSync(join(folder, name)));
      expect(activations.map(({ layerName, shape, data }) => [layerName, shape, [...data]])).toEqual(
        JSON.parse(stdout),
      );
    }
  });

  it('does not round integers that it alone can hold', () => {
    python(`numpy.savez('large.npz', a=numpy.array([2 ** 53 + 1]))`);
    expect(() => importNpz(readFileSync(join(folder, 'large.npz')))).toThrow(
      'file, entry "a": expected numbers that are exact in 32 bits, got 9007199254740993',
    );
  });
});
