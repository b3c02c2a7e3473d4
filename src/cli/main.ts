#!/usr/bin/env node
import nodeModule from 'node:module';
import { version } from '../../package.json';
import { endOnFailedOutput } from './endOnFailedOutput';
import { explainError } from './explainError';
import { type Command, parseArguments } from './parseArguments';
import { describeStreams } from './streams';

const streams = describeStreams(process, endOnFailedOutput(process));
try {
  const command = parseArguments(process.argv.slice(2));
  if (command.command.help) streams.out(`${(await import('./helpText')).helpText()}\n`);
  else if (command.command.version) streams.out(`${version}\n`);
  else await run(command);
} catch (error) {
  const { message, status } = explainError(error);
  process.exitCode = status;
  streams.error(`error: ${message}\n`);
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
