#!/usr/bin/env node
import nodeModule from 'node:module';
import { version } from '../../package.json';
import { explainError } from './explainError';
import { type Command, parseArguments } from './parseArguments';
import { describeStreams } from './streams';

// A reader that has seen enough, such as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const streams = describeStreams(process);
try {
  const command = parseArguments(process.argv.slice(2));
  if (command.command.help) streams.out(`${(await import('./helpText')).helpText()}\n`);
  else if (command.command.version) streams.out(`${version}\n`);
  else await run(command);
} catch (error) {
  const { message, status } = explainError(error);
  streams.error(`error: ${message}\n`);
  process.exitCode = status;
}

/** Loads what the work takes: the backend's binary first, which V8 compiles beside while it reads TensorFlow.js. */
async function run(command: Command): Promise<void> {
  // From Node 22 on, what V8 has made of the code is kept from one run to the next.
  (nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
  const { compileBackend } = await import('./compileBackend');
  const compiled = compileBackend();
  const { runCommand } = await import('./runCommand');
  await runCommand(command, streams, compiled);
}
