import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { holdSignals } from '../../src/cli/holdSignals';

/** What stands for a process, and the signals that it was ended by. */
function createTarget() {
  const events = new EventEmitter();
  const ended: string[] = [];
  const target = Object.assign(events, {
    pid: 42,
    kill: (pid: number, signal?: string | number) => ended.push(`${pid} ${signal}`) > 0,
  });
  return { target: target as never, events, ended };
}

describe('holdSignals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('obeys %s only when the work is done', async (signal) => {
    const { target, events, ended } = createTarget();
    const result = await holdSignals(async () => {
      events.emit(signal, signal);
      events.emit('SIGINT', 'SIGINT');
      expect(ended).toEqual([]);
      return 'done';
    }, target);
    expect(result).toBe('done');
    expect(ended).toEqual([`42 ${signal}`]);
    expect(events.eventNames()).toEqual([]);
  });

  it('obeys when the work fails as well', async () => {
    const { target, events, ended } = createTarget();
    const work = holdSignals(async () => {
      events.emit('SIGINT', 'SIGINT');
      throw new Error('full');
    }, target);
    await expect(work).rejects.toThrow('full');
    expect(ended).toEqual(['42 SIGINT']);
  });

  it('leaves the process alone where no signal came', async () => {
    const { target, events, ended } = createTarget();
    await holdSignals(async () => undefined, target);
    expect(ended).toEqual([]);
    expect(events.eventNames()).toEqual([]);
  });
});
