import { describe, expect, it } from 'vitest';
import { describeStreams } from '../../src/cli/streams';

function describeProcess(stdout: object, env: Record<string, string>) {
  const { isTerminal, columns, color } = describeStreams(
    { stdout, stderr: {}, env } as never,
    () => undefined,
  );
  return { isTerminal, columns, color };
}

describe('describeStreams', () => {
  it.each<[object, Record<string, string>, object]>([
    [{ isTTY: true, columns: 100 }, {}, { isTerminal: true, columns: 100, color: true }],
    [{ isTTY: true, columns: 100 }, { NO_COLOR: '1' }, { isTerminal: true, columns: 100, color: false }],
    [{}, {}, { isTerminal: false, columns: 80, color: false }],
    [{}, { FORCE_COLOR: '1' }, { isTerminal: false, columns: 80, color: true }],
    [{}, { FORCE_COLOR: '0' }, { isTerminal: false, columns: 80, color: false }],
    [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, { isTerminal: false, columns: 80, color: false }],
  ])('of %j with %j', (stdout, env, wanted) => {
    expect(describeProcess(stdout, env)).toEqual(wanted);
  });

  it('passes on what a write throws', () => {
    const error = new Error('full');
    const stream = {
      write: () => {
        throw error;
      },
    };
    const said: unknown[] = [];
    const { out, error: note } = describeStreams(
      { stdout: stream, stderr: stream, env: {} } as never,
      (...args) => said.push(args),
    );
    out('x');
    note('y');
    expect(said).toEqual([
      ['stdout', error],
      ['stderr', error],
    ]);
  });
});
