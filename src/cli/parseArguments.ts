import { parseArgs } from 'node:util';
import { quote } from '../common/quote';
import type { OptionRow, OptionValues } from './OptionRow';
import { OPTION_ROWS } from './options';
import { UsageError } from './UsageError';

/** What the command is to do, checked as far as that goes without a model. */
export interface Command extends OptionValues {
  /** A path, or `-` for what comes in by stdin; absent where a digit is drawn or nothing goes in. */
  readonly picture?: string;
}

/**
 * Reads the command line by the table of options.
 *
 * @throws UsageError naming the option, what it was and what it must be.
 */
export function parseArguments(args: readonly string[]): Command {
  const { tokens } = parseArgs({
    args: joinNegativeNumbers(args),
    options: Object.fromEntries(
      OPTION_ROWS.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? ('boolean' as const) : ('string' as const), ...(short && { short }) },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const values: OptionValues = { command: {}, image: {}, figure: {}, scaling: {}, drawing: {} };
  const pictures: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') pictures.push(token.value);
    if (token.kind !== 'option') continue;
    const row = findRow(token.name, token.rawName);
    // The type of the value was checked where the row was made.
    const value = readValue(row, token.value, token.inlineValue);
    const before = row.isList
      ? ((Reflect.get(values[row.target], row.key) as unknown[] | undefined) ?? [])
      : [];
    Reflect.set(values[row.target], row.key, row.isList ? [...before, value] : value);
  }
  const [picture] = pictures;
  if (pictures.length > 1) {
    throw new UsageError(
      `IMAGE: expected one picture, got ${pictures.map((path) => JSON.stringify(path)).join(', ')}`,
    );
  }
  requireFitting(values, picture);
  return { ...values, ...(picture !== undefined && { picture }) };
}

/** `--scaling -1,1` means what `--scaling=-1,1` does: no option begins with a digit. */
function joinNegativeNumbers(args: readonly string[]): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1);
    const row = OPTION_ROWS.find(({ name, value }) => value !== undefined && before === `--${name}`);
    if (row && !joined.includes('--') && /^-[\d.]/.test(arg)) joined[joined.length - 1] = `${before}=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

function findRow(name: string, written: string): OptionRow {
  const row = OPTION_ROWS.find((candidate) => candidate.name === name);
  if (row) return row;
  const near = OPTION_ROWS.filter((candidate) => isNear(name, candidate.name)).map(
    (found) => `--${found.name}`,
  );
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'layerscope --help lists all';
  throw new UsageError(`Unknown option '${written}'; ${hint}`);
}

/** Whether one of two words is the other's beginning, or they are alike but for a letter: wrong, missing or too many. */
function isNear(one: string, other: string): boolean {
  if (one.length > 1 && (one.startsWith(other) || other.startsWith(one))) return true;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  let end = 0;
  const shorter = Math.min(one.length, other.length);
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return shorter > 2 && Math.max(one.length, other.length) - start - end <= 1;
}

function readValue(row: OptionRow, text: string | undefined, inline: boolean | undefined): unknown {
  const name = `--${row.name}`;
  if (row.value === undefined) {
    if (text !== undefined) throw new UsageError(`${name}: expected no value, got ${quote(text)}`);
    return row.read('', name);
  }
  // A value that looks like an option is written as --title=-x-.
  const isOption = !inline && text?.startsWith('-') && text !== '-';
  if (text === undefined || isOption) {
    throw new UsageError(
      `${name}: expected ${row.value} after it, got ${isOption ? `the option ${text}` : 'nothing'}`,
    );
  }
  return row.read(text, name);
}

/** Options that make no sense together, or without another, which would otherwise be left out in silence. */
function requireFitting({ command, image, figure }: OptionValues, picture: string | undefined): void {
  const given = (name: keyof typeof command) => command[name] !== undefined;
  const pairs: readonly (readonly [one: string, other: string, both: boolean])[] = [
    ['--digit', 'IMAGE', given('digit') && picture !== undefined],
    ['--kernels', 'IMAGE', given('kernels') && picture !== undefined],
    ['--kernels', '--digit', given('kernels') && given('digit')],
    ['--kernels', '--layers', given('kernels') && given('layers')],
    ['--kernels', '--combine', given('kernels') && figure.combine !== undefined],
    ['--list', '--kernels', given('list') && given('kernels')],
    ['--list', '--layers', given('list') && given('layers')],
    ['--list', '--format', given('list') && given('format')],
    ['--list', 'IMAGE', given('list') && picture !== undefined],
    ['--list', '--labels', given('list') && given('labels')],
    ['--list', '--input', given('list') && given('input')],
    ['--kernels', '--labels', given('kernels') && given('labels')],
    ['--kernels', '--input', given('kernels') && given('input')],
  ];
  const [one, other] = pairs.find(([, , both]) => both) ?? [];
  if (one !== undefined) throw new UsageError(`${one}, ${other}: expected one of them, got both`);
  const alone: readonly (readonly [option: string, needed: string, isAlone: boolean])[] = [
    ['--json', '--list', given('json') && !given('list')],
    ['--rgb', '--kernels', given('rgb') && !given('kernels')],
    ['--labels', '--model', given('labels') && !given('model')],
    ['--input', '--model', given('input') && !given('model')],
    // The article's network is given pictures that have been fitted to it.
    ['--resize', '--model', image.resize !== undefined && !given('model')],
    ['--preprocess', '--model', image.preprocess !== undefined && !given('model')],
    ['--image-background', '--model', image.imageBackground !== undefined && !given('model')],
  ];
  const [option, needed] = alone.find(([, , isAlone]) => isAlone) ?? [];
  if (option !== undefined)
    throw new UsageError(`${option}: expected together with ${needed}, got without it`);
  const names = (command.input ?? []).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UsageError(`--input: expected every name once, got ${quote(twice)} again`);
}
