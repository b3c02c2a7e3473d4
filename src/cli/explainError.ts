import { printableTitle } from '../render/grid/printableTitle';
import { OPTION_ROWS } from './options';
import { UsageError } from './UsageError';

/** What the library calls the arguments that the command takes by other names. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  activation: '--layers',
  layer: '--kernels',
  img: 'IMAGE',
};

/** Arguments that are wrong for reasons which the command line alone does not show. */
const WORK = ['img', 'activation', 'model'];

/**
 * Says what went wrong in a line that names the option rather than the argument of the library, and what the command ends
 * with: 2 if the command line is to be changed, 1 if the work failed.
 */
export function explainError(error: unknown): { message: string; status: 1 | 2 } {
  const lines = error instanceof Error ? error.message : String(error);
  // One line, in which nothing that comes from a file commands the terminal.
  const text = printableTitle(lines.replace(/\s*[\r\n]+\s*/g, ' '));
  if (error instanceof UsageError) return { message: text, status: 2 };
  const [, argument = '', rest = ''] = /^(\w+)(?:\[\d+\])?: (.*)$/.exec(text) ?? [];
  const row = OPTION_ROWS.find(({ key }) => key === argument);
  const option = row ? `--${row.name}` : ARGUMENTS[argument];
  if (option === undefined) return { message: text, status: 1 };
  const message = `${option}: ${rest.replace('pass resize: true', 'pass --resize true or antialias')}`;
  return { message, status: WORK.includes(argument) ? 1 : 2 };
}

/** Gives the errors of some work that name its argument `path` or `source` the name of the option that the path came from. */
export async function namePath<Value>(option: string, work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const message = error.message
      .replace(/^(path|source):/, `${option}:`)
      .replace('larger maxPixels', 'larger --max-pixels');
    throw new Error(message, { cause: error });
  }
}
