import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { writeNpy } from '../../src/export/npyFormat';
import { type EntryPlan, writeZip } from '../common/zip/zipFile';
import { runNode } from '../runScript';

const folder = mkdtempSync(join(tmpdir(), 'layerscope-bombs-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** So many times 16 MB of zeros, packed, which this process need not hold. */
function packZeros(times: number, before = Buffer.alloc(0)): Buffer {
  const flush = (bytes: Buffer) => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
  const block = flush(Buffer.alloc(2 ** 24));
  return Buffer.concat([
    flush(before),
    ...new Array<Buffer>(times).fill(block),
    deflateRawSync(Buffer.alloc(0)),
  ]);
}

const zeros = packZeros(25);
const few = new Uint8Array(1000);
const header = (shape: string, descr = '|u1') => {
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}}`;
  return Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, dict.length, 0, ...Buffer.from(dict)]);
};
const npz = (plan: Partial<EntryPlan>) =>
  writeZip([{ name: 'a.npy', content: few, isDeflated: true, ...plan }]);
const bytesOf = Buffer.from(Uint32Array.from(Buffer.from('['.repeat(2_000_000))).buffer);

/** What is small and says, or becomes, a great deal. */
const BOMBS: Readonly<Record<string, { file: Uint8Array | string; message: string }>> = {
  'sizes.npz': {
    file: npz({ packed: zeros, size: 25 * 2 ** 24 }),
    message: 'expected at most 268435456 bytes when unpacked',
  },
  'lie.npz': { file: npz({ packed: zeros }), message: 'expected 1000 bytes, got more' },
  'claim.npz': { file: npz({ size: 1_000_000 * 200 }), message: 'an entry cannot be as large as it says' },
  'many.npz': {
    file: writeZip(
      Array.from({ length: 20 }, (_, at) => ({
        name: `${at}`,
        content: few,
        packed: zeros,
        isDeflated: true,
        size: 2 ** 25,
        offset: 0,
      })),
    ),
    message: 'the header of an entry says something else than the directory',
  },
  'text.npz': {
    file: writeZip([
      {
        name: 'layerscope.npy',
        content: writeNpy({ descr: `<U${bytesOf.length / 4}`, shape: [], bytes: bytesOf }),
        isDeflated: true,
      },
    ]),
    message: 'arrays and objects more than 32 deep',
  },
  'shape.npy': {
    file: Buffer.concat([header('(2147483647, 4)'), few]),
    message: 'bytes for the shape [2147483647, 4]',
  },
  'wide.npy': {
    file: Buffer.concat([header('(9007199254740991, 9007199254740991)', '<f8'), few]),
    message: 'bytes for the shape [9007199254740991, 9007199254740991]',
  },
  'item.npy': {
    file: Buffer.concat([header('(1,)', '<U999999999'), few]),
    message: 'expected numbers, got the type',
  },
  'length.npy': {
    file: Uint8Array.of(0x93, ...Buffer.from('NUMPY'), 2, 0, 255, 255, 255, 255, 0x7b),
    message: 'got one that ends in its header',
  },
  'header.npy': {
    file: Buffer.concat([header(`(${'1,'.repeat(100)})`), few]),
    message: 'a header with one type',
  },
  'length.json': {
    file: '{"activations": [{"data": {"length": 300000000}}], "figures": []}',
    message: 'expected an array, got an object',
  },
  'shape.json': {
    file: '{"activations": [{"layerName": "", "className": "", "shape": [1e9, 9], "data": []}], "figures": []}',
    message: 'expected 9000000000 values, got 0',
  },
  'deep.json': { file: '['.repeat(20_000_000), message: 'arrays and objects more than 32 deep' },
  'wide.json': { file: `[${'{},'.repeat(10_000_000)}{}]`, message: 'more than 1048576 arrays and objects' },
  'dimensions.idx': {
    file: Uint8Array.of(0, 0, 14, 2, 0, 255, 255, 255, 0, 255, 255, 255),
    message: 'expected 2251799545249812 bytes',
  },
  'one.idx': { file: Uint8Array.of(0, 0, 8, 1, 255, 255, 255, 255), message: 'expected 4294967303 bytes' },
  'axes.idx': {
    file: Uint8Array.of(0, 0, 13, 255, ...new Uint8Array(1020).fill(255)),
    message: 'expected dimensions that a file can hold',
  },
  'gzip.idx': { file: gzipSync(Buffer.alloc(2 ** 24)), message: 'a gzip file, which must be unpacked' },
};

describe('a process with little memory', () => {
  it('refuses what would burst it, and is none the larger', () => {
    for (const [name, { file }] of Object.entries(BOMBS)) writeFileSync(join(folder, name), file);
    const script = `
      import { readFileSync } from 'node:fs';
      import { importJson, importNpy, importNpz } from 'layerscope/export';
      import { parseIdx } from 'layerscope/data';
      const readers = { npz: importNpz, npy: importNpy, idx: parseIdx, json: (bytes) => importJson(bytes.toString()) };
      const said = {};
      for (const name of ${JSON.stringify(Object.keys(BOMBS))}) {
        try {
          readers[name.split('.')[1]](readFileSync(${JSON.stringify(`${folder}/`)} + name));
        } catch (error) {
          said[name] = error.message;
        }
      }
      console.log(JSON.stringify({ said, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
    const { status, stdout, stderr } = runNode([
      '--max-old-space-size=256',
      '--input-type=module',
      '--eval',
      script,
    ]);
    expect([status, stderr]).toEqual([0, '']);
    const { said, megabytes } = JSON.parse(stdout) as { said: Record<string, string>; megabytes: number };
    for (const [name, { message }] of Object.entries(BOMBS)) {
      expect([name, said[name]]).toEqual([name, expect.stringContaining(message)]);
      expect(said[name]!.length).toBeLessThanOrEqual(400);
    }
    expect(megabytes).toBeLessThan(512);
  });

  it.runIf(process.platform === 'linux')(
    'loads no set of images from what has no end, or is far more when unpacked',
    () => {
      // RFC 1952, section 2.3: no name, no time, an unknown system.
      const gzipped = Buffer.concat([Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255), zeros]);
      const name = 'train-images-idx3-ubyte';
      for (const inner of ['device', 'pipe', 'sparse', 'gzip']) mkdirSync(join(folder, inner));
      symlinkSync('/dev/zero', join(folder, 'device', name));
      execFileSync('mkfifo', [join(folder, 'pipe', `${name}.gz`)]);
      writeFileSync(join(folder, 'sparse', name), '');
      truncateSync(join(folder, 'sparse', name), 1e10);
      writeFileSync(join(folder, 'gzip', `${name}.gz`), gzipped);
      const script = `
        import { readFileSync } from 'node:fs';
        import { createServer } from 'node:http';
        import { loadMnist } from 'layerscope/data';
        const folder = ${JSON.stringify(folder)};
        const gzipped = readFileSync(folder + '/gzip/${name}.gz');
        const server = createServer(({ url }, response) => {
          if (url.startsWith('/unpacked')) response.setHeader('content-encoding', 'gzip');
          if (url.startsWith('/endless')) {
            const push = () => {
              while (!response.destroyed && response.write(gzipped));
            };
            response.on('drain', push);
            push();
          } else response.end(gzipped);
        }).listen(0, '127.0.0.1');
        await new Promise((resolve) => server.on('listening', resolve));
        const base = 'http://127.0.0.1:' + server.address().port + '/';
        const said = {};
        const attempt = (name, options) => loadMnist(options).catch(({ message }) => void (said[name] = message));
        for (const name of ['device', 'pipe', 'sparse', 'gzip']) await attempt(name, { directory: folder + '/' + name });
        for (const name of ['gzipped', 'unpacked', 'endless']) {
          await attempt(name, { urls: [base + name], cache: false });
        }
        server.close();
        server.closeAllConnections();
        console.log(JSON.stringify({ said, megabytes: process.resourceUsage().maxRSS / 1024 }));`;
      const args = ['--max-old-space-size=256', '--input-type=module', '--eval', script];
      const { status, stdout, stderr } = runNode(args);
      expect([status, stderr]).toEqual([0, '']);
      const { said, megabytes } = JSON.parse(stdout) as { said: Record<string, string>; megabytes: number };
      expect(said).toEqual({
        device: `directory: expected a file, got "${folder}/device/${name}", which is a device or a pipe`,
        pipe: `directory: expected a file, got "${folder}/pipe/${name}.gz", which is a device or a pipe`,
        sparse: `directory: expected a file of at most 67108864 bytes, got "${folder}/sparse/${name}" of 10000000000`,
        gzip: `${name}.gz in "${folder}/gzip": expected 47040016 bytes, got a gzip file of more, oversized`,
        gzipped: expect.stringContaining('oversized'),
        unpacked: expect.stringContaining('bytes, got more, oversized'),
        endless: expect.stringContaining('oversized'),
      });
      for (const message of Object.values(said)) expect(message.length).toBeLessThanOrEqual(400);
      expect(megabytes).toBeLessThan(512);
    },
  );
});
