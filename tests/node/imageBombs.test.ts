import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, deflateRawSync, deflateSync } from 'node:zlib';
import { createCanvas } from '@napi-rs/canvas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from '../../src/common/crc32';
import { runNode } from '../runScript';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterAll(() => rm(folder, { recursive: true }));

function chunk(type: string, body: Uint8Array): Buffer {
  const file = Buffer.alloc(12 + body.length);
  file.writeUInt32BE(body.length);
  file.write(type, 4, 'latin1');
  file.set(body, 8);
  file.writeUInt32BE(crc32(file.subarray(4, 8 + body.length)), 8 + body.length);
  return file;
}

function png(size: number, packed: Uint8Array, profile?: Uint8Array): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(size);
  header.writeUInt32BE(size, 4);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...(profile ? [chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), profile]))] : []),
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** A megabyte that unpacks to a gigabyte. */
function packGigabyte(): Buffer {
  const megabyte = deflateRawSync(Buffer.alloc(2 ** 20), { finishFlush: constants.Z_FULL_FLUSH });
  return Buffer.concat([Buffer.from([0x78, 0x01]), ...Array.from({ length: 1024 }, () => megabyte)]);
}

async function makeBombs(): Promise<Record<string, Uint8Array | string>> {
  const svg = (attributes: string, content = '<rect width="3" height="3"/>') =>
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`;
  const small = 'width="9" height="9"';
  const uses = (of: number) => `<g id="a${of + 1}">${`<use href="#a${of}"/>`.repeat(10)}</g>`;
  const canvas = createCanvas(9, 9);
  const jpeg = Buffer.from(await canvas.encode('jpeg'));
  jpeg.fill(0xff, jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 5, jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 9);
  const avif = Buffer.from(await canvas.encode('avif'));
  avif.fill(0x7f, avif.indexOf('ispe') + 8, avif.indexOf('ispe') + 16);
  const webp = Buffer.alloc(40);
  webp.write('RIFF\u0020\0\0\0WEBPVP8L');
  webp.fill(0xff, 21, 25);
  const bmp = Buffer.alloc(60);
  bmp.write('BM');
  bmp.set([60, 0, 0, 0], 2);
  bmp.set([40], 14);
  bmp.writeInt32LE(2 ** 31 - 1, 18);
  bmp.writeInt32LE(-(2 ** 31), 22);
  return {
    'size.png': png(100_000, deflateSync(new Uint8Array(2 ** 20))),
    'pixels.png': png(1, packGigabyte()),
    'profile.png': png(1, deflateSync(Uint8Array.of(0, 7)), packGigabyte()),
    'screen.gif': Buffer.from('GIF89a\u0001\u0020\u0002\u003d\0\0\0\u002c', 'latin1'),
    'size.jpg': jpeg,
    'size.avif': avif,
    'size.webp': webp,
    'size.bmp': bmp,
    'large.svg': svg('width="30000" height="30000"'),
    'larger.svg': svg('width="1e9" height="1e9"'),
    'box.svg': svg('viewBox="0 0 30000 30000"'),
    'negative.svg': svg('width="-5" height="5"'),
    'nan.svg': svg('width="NaN" height="NaN"'),
    'nested.svg': svg(small, `${'<g>'.repeat(100_000)}${'</g>'.repeat(100_000)}`),
    'uses.svg': svg(small, `<rect id="a0"/>${[0, 1, 2, 3, 4, 5, 6, 7, 8].map(uses).join('')}`),
    'chain.svg': svg(
      small,
      Array.from({ length: 50_000 }, (_, at) => `<g id="a${at}"><use href="#a${at + 1}"/></g>`).join(''),
    ),
    'attribute.svg': svg(`${small} id="${'a'.repeat(20_000_000)}"`),
    'entities.svg': `<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>${svg(small, '<text>&b;</text>')}`,
  };
}

describe('readImageFile', () => {
  it.runIf(process.platform === 'linux')(
    'survives every bomb in 512 MB, with an error that names it',
    async () => {
      const bombs = await makeBombs();
      for (const [name, content] of Object.entries(bombs)) await writeFile(join(folder, name), content);
      await writeFile(join(folder, 'sparse.png'), '');
      await truncate(join(folder, 'sparse.png'), 10_000_000_000);
      execFileSync('mkfifo', [join(folder, 'pipe.png')]);
      const names = [...Object.keys(bombs), 'sparse.png', 'pipe.png', '/dev/zero', '/dev/full'];
      const { status, stdout, stderr } = runNode([
        '--max-old-space-size=256',
        '--input-type=module',
        '--eval',
        `import { resolve } from 'node:path';
      import { readImageFile } from 'layerscope/node';
      const messages = {};
      for (const name of ${JSON.stringify(names)}) {
        messages[name] = await readImageFile(resolve(${JSON.stringify(folder)}, name)).then(
          ({ width, height }) => \`\${width} × \${height}\`,
          ({ message }) => message,
        );
      }
      console.log(JSON.stringify({ messages, kilobytes: process.resourceUsage().maxRSS }));`,
      ]);
      expect([status, stderr]).toEqual([0, '']);
      const { messages, kilobytes } = JSON.parse(stdout);
      // Its profile is left packed.
      expect(messages).toMatchObject({ 'profile.png': '1 × 1' });
      for (const name of names.filter((name) => name !== 'profile.png')) {
        expect(messages[name]).toMatch(/^path: expected .*, got "/);
        expect(messages[name]).toContain(`${name}"`);
        expect(messages[name].length).toBeLessThanOrEqual(400);
      }
      expect(kilobytes).toBeLessThan(512 * 1024);
    },
  );
});
