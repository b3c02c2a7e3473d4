import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { useFolder } from '../node/modelFolder';

const SCRIPT = fileURLToPath(new URL('mutateModels.js', import.meta.url));
const COUNT = 1200;
/** Without a line for so long, the file at hand is taken to hang. Longer than any takes on a machine that is busy. */
const MOST_SILENCE = 20_000;

const folder = useFolder();

interface Line {
  readonly index: number;
  readonly kind?: string;
  readonly faults?: readonly string[];
  readonly milliseconds?: number;
  readonly message?: string;
  readonly name?: string;
  readonly left?: number;
}

/** In a process of its own, which can be ended where it hangs. */
async function loadAll(seed: number): Promise<Line[]> {
  const child = spawn(process.execPath, [SCRIPT, folder.path, String(seed), String(COUNT)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: Line[] = [];
  const kill = () => child.kill('SIGKILL');
  let watch = setTimeout(kill, MOST_SILENCE);
  for await (const text of createInterface({ input: child.stdout })) {
    lines.push(JSON.parse(text));
    clearTimeout(watch);
    watch = setTimeout(kill, MOST_SILENCE);
  }
  clearTimeout(watch);
  return lines;
}

it('loads model files with faults in them, or says what is wrong, and leaves no tensor', async () => {
  const lines = await loadAll(20_260_101);
  const started = lines.filter(({ kind }) => kind !== undefined);
  const ended = new Map(lines.filter(({ left }) => left !== undefined).map((line) => [line.index, line]));
  const faultOf = ({ index, kind, faults }: Line): unknown => {
    const end = ended.get(index);
    if (!end) return { index, kind, faults, hangs: true };
    const { message = '', name = 'Error', left, milliseconds } = end;
    const isRight = left === 0 && message.length <= 400 && /Error$/.test(name) && milliseconds! < 2000;
    return isRight ? undefined : { ...end, kind, faults, message: message.slice(0, 500) };
  };
  expect(started.map(faultOf).filter((fault) => fault !== undefined)).toEqual([]);
  expect(started).toHaveLength(COUNT);
  // Those without faults load; of the others, most must not.
  expect([0, 1, 2].map((index) => ended.get(index)!.message)).toEqual([undefined, undefined, undefined]);
  expect([...ended.values()].filter(({ message }) => message !== undefined).length).toBeGreaterThan(
    COUNT / 3,
  );
});
