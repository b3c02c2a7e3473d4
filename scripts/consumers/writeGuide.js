import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of the guide by the words that stand before them. */
const FILES = [
  { name: 'main.js', after: '`main.js`:' },
  { name: 'worker.js', after: '`worker.js`:' },
  { name: 'page.js', after: 'sends an image and shows what comes back:' },
];

/** Writes the browser programs of docs/guide.md, word for word, into a folder of an app. */
export function writeGuide(root, folder) {
  const text = readFileSync(join(root, 'docs/guide.md'), 'utf8');
  mkdirSync(folder, { recursive: true });
  for (const { name, after } of FILES) {
    const [, code] = text.slice(text.indexOf(after)).match(/```js browser\n(.*?)```/s) ?? [];
    if (!text.includes(after) || code === undefined)
      throw new Error(`docs/guide.md: no program after "${after}"`);
    writeFileSync(join(folder, name), code);
  }
}
