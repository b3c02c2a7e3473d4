import { readFile, writeFile } from 'node:fs/promises';

const RESULTS = new URL('RESULTS.md', import.meta.url);

/** The headings of the parts of RESULTS.md, which are written by a program each, in this order. */
export const PICTURES = '# Results';
export const TRAINING = '# Training';
export const PAGE = '# In the page';
export const COMMAND = '# The command line';
export const LARGE = '# A large network';
export const OPENING = '# Opening a file';
export const ONNX = '# From an ONNX file';

/** Puts a part into RESULTS.md and keeps the others. */
export async function writePart(heading, text) {
  const whole = await readFile(RESULTS, 'utf8').catch(() => '');
  const parts = whole.split(/^(?=# )/m);
  const find = (wanted) => parts.find((part) => part.startsWith(`${wanted}\n`)) ?? '';
  const kept = [PICTURES, TRAINING, PAGE, COMMAND, LARGE, ONNX, OPENING].map((wanted) =>
    (wanted === heading ? text : find(wanted)).trim(),
  );
  await writeFile(RESULTS, `${kept.filter((part) => part !== '').join('\n\n')}\n`);
}

/** Writes the results of a run as Markdown. */
export function writeReport(machine, goals, results) {
  return [
    PICTURES,
    '',
    'Written by `npm run bench`. [README.md](README.md) says what is measured and how to read the ratios.',
    '',
    table(['', ''], machine, 'll'),
    '',
    '## Goals',
    '',
    goalTable(goals),
    ...results.flatMap((result) => ['', ...writeGroup(result)]),
    '',
  ].join('\n');
}

/** The goals as a table. */
export function goalTable(goals) {
  const rows = goals.map(({ goal, measured, reached }) => [
    goal,
    measured,
    reached ? 'reached' : '**missed**',
  ]);
  return table(['Goal', 'Measured', ''], rows, 'lrl');
}

/** One group: a heading, its note and its table. */
export function writeGroup({ title, note, reference, rounds, valuesACall, rows }) {
  const columns = [
    ['Contestant', ({ name }) => name],
    ['ms a call', ({ time }) => formatTime(time.median)],
    ['quartiles', ({ time }) => `${formatTime(time.low)}–${formatTime(time.high)}`],
    ['ratio', ({ name, ratio }) => (name === reference ? '1' : formatRatio(ratio.median))],
    [
      'quartiles',
      ({ name, ratio }) => (name === reference ? '' : `${formatRatio(ratio.low)}–${formatRatio(ratio.high)}`),
    ],
  ];
  if (rows.some(({ difference }) => difference !== undefined)) {
    columns.push([
      'difference',
      ({ name, difference }) => (name === reference ? 'reference' : formatDifference(difference)),
    ]);
  }
  if (valuesACall) columns.push(['ns a value', ({ time }) => ((time.median * 1e6) / valuesACall).toFixed(1)]);
  if (rows.some(({ bytes }) => bytes !== undefined)) columns.push(['bytes', ({ bytes }) => String(bytes)]);
  return [
    `## ${title}`,
    '',
    `${note ? `${note} ` : ''}${rounds} rounds.`,
    '',
    table(
      columns.map(([heading]) => heading),
      rows.map((row) => columns.map(([, format]) => format(row))),
      `l${'r'.repeat(columns.length - 1)}`,
    ),
  ];
}

export function table(headings, rows, alignment) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const rule = [...alignment].map((side) => (side === 'r' ? '---:' : '---'));
  return [line(headings), line(rule), ...rows.map(line)].join('\n');
}

function formatTime(milliseconds) {
  return milliseconds < 1 ? milliseconds.toFixed(3) : milliseconds.toPrecision(3);
}

function formatRatio(ratio) {
  return ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0);
}

function formatDifference(difference) {
  if (difference === undefined) return 'not compared';
  return difference === 0 ? '0' : difference.toExponential(0);
}
