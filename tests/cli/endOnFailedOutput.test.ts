import { spawnSync } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endOnFailedOutput } from '../../src/cli/endOnFailedOutput';
import { useFolder } from '../node/modelFolder';

const CLI = `"${process.execPath}" dist/cli.js`;

/** Something that stands for a process, and what it has been asked to do. */
function makeProcess(canWrite = true) {
  const said: string[] = [];
  const ended: number[] = [];
  const write = (text: string) => {
    if (!canWrite) throw new Error('full');
    said.push(text);
  };
  const target = Object.assign(new EventEmitter(), {
    stdout: new EventEmitter(),
    stderr: Object.assign(new EventEmitter(), { write }),
    exitCode: undefined as number | undefined,
    exit: (code: number) => ended.push(code),
  });
  return { target, fail: endOnFailedOutput(target as never), said, ended };
}
const failure = (code: string) => Object.assign(new Error(`${code}: no`), { code });
const line = 'error: stdout: expected an output that can be written, got one that cannot (ENOSPC)\n';

describe('endOnFailedOutput', () => {
  it('says what the matter is with stdout, and ends with 1', () => {
    const { target, said, ended, fail } = makeProcess();
    target.stdout.emit('error', failure('ENOSPC'));
    expect([said, ended]).toEqual([[line], [1]]);
    fail('stdout', failure('ENOSPC'));
    expect([said, ended]).toEqual([
      [line, line],
      [1, 1],
    ]);
  });

  it('says nothing where there is nothing to say it with', () => {
    const { target, said, ended, fail } = makeProcess(false);
    target.stderr.emit('error', failure('ENOSPC'));
    fail('stdout', failure('EIO'));
    target.exitCode = 2;
    fail('stderr', failure('EIO'));
    expect([said, ended]).toEqual([[], [1, 1, 2]]);
  });

  it('is quiet where the reader has gone', () => {
    const { target, said, ended } = makeProcess();
    target.stderr.emit('error', failure('EPIPE'));
    expect([said, ended]).toEqual([[], []]);
    target.stdout.emit('error', failure('EPIPE'));
    expect([said, ended]).toEqual([[], [0]]);
  });

  it('ends in a line what nobody has caught', () => {
    const { target, said, ended } = makeProcess();
    target.emit('uncaughtException', new Error('one\n  two'));
    expect([said, ended]).toEqual([['error: one two\n'], [1]]);
  });
});

describe.runIf(existsSync('/dev/full'))('the command, on an output that is full', () => {
  const folder = useFolder();
  const shell = (script: string) => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };

  it.each(['--help', '--version', '--list', '--list --json', '--format terminal', '--format svg'])(
    'says so in a line where %s is written to it',
    (options) => {
      const out = join(folder.path, 'out');
      expect(shell(`${CLI} ${options} --out "${out}" > /dev/full`)).toMatchObject({
        status: 1,
        stderr: expect.stringMatching(
          /^(predicted digit: .*\n)?error: stdout: expected an output that can be written, got one that cannot \(ENOSPC\)\n$/,
        ),
      });
    },
  );

  it('ends with 1 where a note cannot be written, and with 2 where an option is wrong', () => {
    expect(shell(`${CLI} --format svg --out "${join(folder.path, 'out')}" 2> /dev/full`).status).toBe(1);
    expect(shell(`${CLI} --bogus 2> /dev/full`)).toEqual({ status: 2, stdout: '', stderr: '' });
  });

  it('ends with 1 where nothing at all can be written', () => {
    expect(shell(`${CLI} --list > /dev/full 2> /dev/full`).status).toBe(1);
  });

  it('is quiet where nobody reads on', () => {
    const script = `{ ${CLI} --list --json; echo $? > "${join(folder.path, 'status')}"; } | true; cat "${join(folder.path, 'status')}"`;
    expect(shell(script)).toEqual({ status: 0, stdout: '0\n', stderr: '' });
  });

  it('says so in a line where a file cannot be written', () => {
    expect(shell(`${CLI} --format svg --quiet --out /dev/full/x`)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^error: --out: expected a f\w+ that can be \w+, got "\/dev\/full.*" \(ENOTDIR\)\n$/,
      ),
    });
    // As large as a block, and no larger: what a full disk is to a file.
    const out = join(folder.path, 'files');
    expect(shell(`trap '' XFSZ; ulimit -f 1; ${CLI} --format svg,png --quiet --out "${out}"`)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^error: --out: expected a file that can be written, got ".*" \(EFBIG\)\n$/,
      ),
    });
  });
});
