import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The path of a Chromium or Chrome; empty if there is none. */
export function findChromium() {
  if (process.env.CHROMIUM) {
    if (existsSync(process.env.CHROMIUM)) return process.env.CHROMIUM;
    console.error(
      `CHROMIUM: expected the path of a browser, got ${process.env.CHROMIUM}, which does not exist`,
    );
    process.exit(1);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/bin', '/snap/bin'];
  const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...applications,
  ];
  return candidates.find((path) => existsSync(path)) ?? '';
}
