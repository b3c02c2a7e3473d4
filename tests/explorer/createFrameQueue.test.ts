import { describe, expect, it } from 'vitest';
import { createFrameQueue } from '../../src/explorer/createFrameQueue';

/** A queue with frames that the test lets happen. */
function setUp(show?: (item: number) => Promise<void>) {
  const shown: number[] = [];
  const frames: (() => void)[] = [];
  const queue = createFrameQueue<number>(
    (callback) => frames.push(callback),
    async (item) => {
      shown.push(item);
      await show?.(item);
    },
  );
  const frame = async () => {
    frames.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { queue, shown, frames, frame };
}

describe('createFrameQueue', () => {
  it('shows the last of what came within a frame, and keeps all promises', async () => {
    const { queue, shown, frames, frame } = setUp();
    const promises = [queue.push(1), queue.push(2), queue.push(3)];
    expect(frames).toHaveLength(1);
    await frame();
    await Promise.all(promises);
    expect(shown).toEqual([3]);
    expect(frames).toHaveLength(0);
  });

  it('shows one at a time: what comes meanwhile waits for the frame after', async () => {
    let finish = () => {};
    const { queue, shown, frames, frame } = setUp(
      () =>
        new Promise((resolve) => {
          finish = resolve;
        }),
    );
    queue.push(1);
    await frame();
    const second = queue.push(2);
    expect([shown, frames.length]).toEqual([[1], 0]);
    finish();
    await new Promise((resolve) => setTimeout(resolve));
    expect(frames).toHaveLength(1);
    await frame();
    finish();
    await second;
    expect(shown).toEqual([1, 2]);
  });

  it('breaks the promise of what cannot be shown, and goes on', async () => {
    const { queue, shown, frame } = setUp(async (item) => {
      if (item === 1) throw new Error('no');
    });
    const first = queue.push(1);
    const broken = expect(first).rejects.toThrow('no');
    await frame();
    await broken;
    const second = queue.push(2);
    await frame();
    await second;
    expect(shown).toEqual([1, 2]);
  });

  it('forgets what waits when it is stopped', async () => {
    const { queue, shown, frame } = setUp();
    const waiting = queue.push(1);
    queue.stop();
    await waiting;
    await frame();
    expect(shown).toEqual([]);
  });
});
