import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertIndexedToRgb, decode } from 'fast-png';
import { runChild } from './children.js';

/** What Node draws with the package that an app has installed: the bytes of each figure, and its picture as a file. */
export async function computeExpectedFigures(app, root) {
  copyFileSync(join(root, 'tests/consumers/drawInNode.mjs'), join(app, 'drawInNode.mjs'));
  const output = await runChild(app, process.execPath, ['drawInNode.mjs']);
  return JSON.parse(output).map(({ picture, white, transparent }) => ({
    picture: { ...picture, data: Buffer.from(picture.data, 'base64') },
    white: readPixels(white),
    transparent: readPixels(transparent),
  }));
}

/** The pixels of an indexed PNG file, as RGBA. */
function readPixels(base64) {
  const png = decode(Buffer.from(base64, 'base64'));
  const colors = Buffer.from(convertIndexedToRgb(png));
  const { width, height } = png;
  const channels = colors.length / (width * height);
  const data = Buffer.alloc(width * height * 4, 255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    colors.copy(data, pixel * 4, pixel * channels, (pixel + 1) * channels);
  }
  return { width, height, data };
}
