import { describe, expect, it } from 'vitest';
import { runScript } from '../runScript';

/** What is written while a training of two epochs of four batches goes on, each batch taking a quarter of a second. */
function watch(stream: { isTTY?: boolean; columns?: number }): string[] {
  const { stdout, stderr } = runScript(`
    import { createProgress } from './examples/progressLine.js';
    const written = [];
    let time = 0;
    const stream = { ...${JSON.stringify(stream)}, write: (text) => written.push(text) };
    const { onBatch, onEpoch, end } = createProgress(stream, 2, () => time);
    for (const epoch of [1, 2]) {
      for (const batch of [1, 2, 3, 4]) {
        time += 250;
        onBatch({ epoch, batch, batches: 4, loss: 1 / batch, accuracy: batch / 5 });
      }
      time += 60_000;
      onEpoch({ epoch, loss: 0.25, accuracy: 0.8, validationLoss: 0.125, validationAccuracy: 0.95 });
    }
    end();
    console.log(JSON.stringify(written));`);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const CLEAR = '\r\x1b[K';
const EPOCH = (epoch: number) =>
  `epoch ${epoch}/2: loss 0.2500, accuracy 80.00 %, validation loss 0.1250, validation accuracy 95.00 %, 4.0 steps/s\n`;

describe('createProgress', () => {
  it('writes over one line in a terminal', () => {
    const lines = watch({ isTTY: true, columns: 100 });
    expect(lines.slice(0, 6)).toEqual([
      '\repoch 1/2  batch 1/4  loss 1.000  accuracy 20.0 %  4 steps/s  0:02 left\x1b[K',
      '\repoch 1/2  batch 2/4  loss 0.500  accuracy 40.0 %  4 steps/s  0:02 left\x1b[K',
      '\repoch 1/2  batch 3/4  loss 0.333  accuracy 60.0 %  4 steps/s  0:02 left\x1b[K',
      '\repoch 1/2  batch 4/4  loss 0.250  accuracy 80.0 %  4 steps/s  0:01 left\x1b[K',
      CLEAR,
      EPOCH(1),
    ]);
    expect(lines[9]).toContain('  4 steps/s  0:00 left');
    expect(lines.at(-1)).toBe(CLEAR);
  });

  it('stays within a narrow terminal', () => {
    expect(watch({ isTTY: true, columns: 30 })[0]).toBe('\repoch 1/2  batch 1/4  loss 1.\x1b[K');
  });

  it('writes a plain line an epoch elsewhere', () => {
    expect(watch({})).toEqual([EPOCH(1), EPOCH(2)]);
  });
});
