import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { articleWeights } from '../../src/model/article/articleWeights.generated';
import { runNode } from '../runScript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIGURES = ['after-conv1.png', 'after-conv2.png', 'before-conv1.png', 'before-conv2.png'];

function runExample(...args: string[]) {
  return runNode(['examples/train.js', ...args]);
}

/** Names of what is in a folder, the weights without the part that is another each time. */
async function list(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names.map((name) => (name.startsWith('weights') ? 'weights' : name)).sort();
}

describe('npm run train', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'layerscope-train-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('trains on drawn digits, saves the model and draws its figures before and after', async () => {
    const out = join(folder, 'new', 'out');
    const args = ['--data', 'strokes', '--limit', '640', '--epochs', '1', '--seed', '4', '--out', out];
    const { status, stdout, stderr } = runExample(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(
      'training on 640 images of drawn digits, the last tenth of them set apart for validation\n',
    );
    expect(stdout).toMatch(
      /\nepoch 1\/1: loss \d\.\d{4}, accuracy \d+\.\d\d %, validation loss \d\.\d{4}, validation accuracy \d+\.\d\d %, \d+\.\d steps\/s\n/,
    );
    expect(stdout).toMatch(/\ntest accuracy: \d+\.\d\d % \(107 images of drawn digits, loss \d\.\d{4}\)\n/);
    const order = [
      'conv1, before',
      'conv2, before',
      'epoch 1/1',
      'conv1, after',
      'conv2, after',
      'written: ',
    ];
    const places = order.map((text) => stdout.indexOf(text));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places[0]).toBeGreaterThan(0);

    expect(await list(out)).toEqual([...FIGURES, 'model.json', 'weights']);
    expect(decode(await readFile(join(out, 'after-conv1.png')))).toMatchObject({ width: 860, height: 248 });
    expect(await readFile(join(out, 'after-conv1.png'))).not.toEqual(
      await readFile(join(out, 'before-conv1.png')),
    );

    const target = join(folder, 'weights.ts');
    expect(runNode(['scripts/embedWeights.js', out, target])).toEqual({ status: 0, stdout: '', stderr: '' });
    const [comment, ...code] = (await readFile(target, 'utf8')).split('\n');
    expect(comment).toContain('12,810 float32 values');
    const base64 = /^export const articleWeights =\n {2}'([\w+/]+=*)';\n$/.exec(code.join('\n'))?.[1];
    expect(base64).toHaveLength(articleWeights.length);
    // The weights' file holds the same numbers in the same order.
    const saved = (await readdir(out)).find((name) => name.startsWith('weights'))!;
    expect(base64).toBe((await readFile(join(out, saved))).toString('base64'));
  });

  it('stops at Ctrl-C and saves what was learnt', async () => {
    const args = ['--data', 'strokes', '--limit', '320', '--epochs', '1000', '--out', folder];
    const child = spawn(process.execPath, ['examples/train.js', ...args], { cwd: ROOT });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (stdout.includes('epoch 1/1000')) {
        stdout += text;
        return;
      }
      stdout += text;
      if (stdout.includes('epoch 1/1000')) child.kill('SIGINT');
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [status, killedBy] = await new Promise<unknown[]>((resolve) =>
      child.on('close', (...ending) => resolve(ending)),
    );
    expect({ status, killedBy, stderr }).toEqual({ status: 0, killedBy: null, stderr: '' });
    expect(stdout).toContain('stopped; saving what was learnt so far\n');
    expect(stdout).toContain('test accuracy: ');
    expect(await list(folder)).toEqual([...FIGURES, 'model.json', 'weights']);
  });

  it('trains on drawn digits where there is no network, and says so', () => {
    const source = `const { fetch } = globalThis;
      globalThis.fetch = (url, ...rest) =>
        String(url).startsWith('http') ? Promise.reject(new Error('no network')) : fetch(url, ...rest);`;
    const offline = `data:text/javascript,${encodeURIComponent(source)}`;
    const { status, stdout } = runNode(
      [
        '--import',
        offline,
        'examples/train.js',
        '--limit',
        '40',
        '--epochs',
        '1',
        '--out',
        join(folder, 'out'),
      ],
      { XDG_CACHE_HOME: join(folder, 'cache') },
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^MNIST is not in the cache and could not be downloaded: .*no network/);
    expect(stdout).toContain(
      '\nTraining on digits drawn from strokes instead. With MNIST on disk, say --data DIR.\n',
    );
    expect(stdout).toContain('images of drawn digits');
  });

  it('says how it is called', () => {
    const { status, stdout } = runExample('--help');
    expect(status).toBe(0);
    for (const name of ['data', 'limit', 'epochs', 'batch', 'seed', 'out', 'help']) {
      expect(stdout).toContain(`\n  --${name} `);
    }
  });

  it.each<[string[], string]>([
    [['--epochs', '0'], '--epochs: expected a whole number of at least 1, got "0"'],
    [['--limit', '9'], '--limit: expected a whole number of at least 10, got "9"'],
    [['--data', ''], '--data: expected the name of a folder, got nothing'],
    [['--data', 'nowhere'], '--data: expected '],
    [['--speed'], "Unknown option '--speed'"],
  ])('refuses %j and writes nothing', async (args, message) => {
    const { status, stdout, stderr } = runExample(...args, '--out', join(folder, 'out'));
    expect(stderr).toContain(`error: ${message}`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('finds out before the training that the folder cannot be written', async () => {
    const path = join(folder, 'file');
    await writeFile(path, '');
    const { status, stdout, stderr } = runExample(
      '--data',
      'strokes',
      '--limit',
      '10',
      '--out',
      join(path, 'out'),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: --out: .*ENOTDIR/);
    expect(stdout).not.toContain('training on');
  });

  it.runIf(process.platform === 'linux')('ends where no folder can be made', () => {
    const { status, stderr } = runExample('--data', 'strokes', '--limit', '10', '--out', '/proc/foo');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: --out: expected a file that can be written, got "/proc/foo/before-conv1.png" (ENOENT)\n',
    );
  });
});

describe('scripts/embedWeights.js', () => {
  it('refuses to run without a folder, and folders without a model', () => {
    expect(runNode(['scripts/embedWeights.js'])).toMatchObject({
      status: 1,
      stderr: 'error: expected the folder of a model that npm run train has saved\n',
    });
    const { status, stderr } = runNode(['scripts/embedWeights.js', 'docs', '/dev/null']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: path: .*docs/);
  });
});
