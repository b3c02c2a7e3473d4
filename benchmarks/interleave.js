import { largestDifference, summarize } from './statistics.js';

/** Calls are batched until they take about so long, far above the resolution of the clock. */
const BATCH_MILLISECONDS = 5;
const WARM_UP_MILLISECONDS = 300;

/**
 * Runs contestants in turn, A B C A B C …, so that whatever else the machine does slows all of them alike.
 *
 * A group is `{ title, note?, reference, contestants, rounds, tolerance?, valuesACall? }`, with contestants by name, each
 * `{ run, values?, bytes?, prepare? }`: `run` does the work that is timed, `values` turns what it returns into lists of
 * numbers, `bytes` into its size, `prepare` is called before each batch and not timed. Before anything is timed, contestants with `values` must agree
 * with the reference within `tolerance`.
 *
 * @returns The group's title and note, and a row a contestant: milliseconds a call, and its ratio to the reference's
 * time in the same round, both as median and quartiles.
 * @throws Error if a contestant computes something else.
 */
export async function interleave(group) {
  const { title, note, reference, rounds, valuesACall } = group;
  const contestants = Object.entries(group.contestants);
  const outputs = await collectOutputs(contestants);
  const differences = compareWithReference(group, outputs);
  const batches = [];
  for (const [, contestant] of contestants) batches.push(await warmUp(contestant));

  const times = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, [, contestant]] of contestants.entries()) {
      times[index].push(await timeBatch(contestant, batches[index]));
    }
  }

  const referenceTimes = times[contestants.findIndex(([name]) => name === reference)];
  const rows = contestants.map(([name, { bytes }], index) => ({
    name,
    time: summarize(times[index]),
    ratio: summarize(times[index].map((time, round) => time / referenceTimes[round])),
    difference: differences.get(name),
    bytes: bytes?.(outputs.get(name)),
  }));
  return { title, note, reference, rounds, valuesACall, rows };
}

async function collectOutputs(contestants) {
  const outputs = new Map();
  for (const [name, { run, prepare }] of contestants) {
    await prepare?.();
    outputs.set(name, await run());
  }
  return outputs;
}

function compareWithReference({ title, reference, contestants, tolerance = 0 }, outputs) {
  const differences = new Map();
  const expected = contestants[reference].values?.(outputs.get(reference));
  for (const [name, { values }] of Object.entries(contestants)) {
    if (!values || name === reference) continue;
    const difference = largestDifference(values(outputs.get(name)), expected);
    if (!(difference <= tolerance)) {
      throw new Error(
        `${title}: expected ${name} to agree within ${tolerance}, got a difference of ${difference}`,
      );
    }
    differences.set(name, difference);
  }
  return differences;
}

/** Lets the engine compile a contestant; returns how many calls make a batch. */
async function warmUp(contestant) {
  const start = performance.now();
  let calls = 1;
  let time = await timeBatch(contestant, calls);
  while (performance.now() - start < WARM_UP_MILLISECONDS) {
    calls = Math.max(1, Math.round(BATCH_MILLISECONDS / time));
    time = await timeBatch(contestant, calls);
  }
  return calls;
}

/** Milliseconds a call. */
async function timeBatch({ run, prepare }, calls) {
  await prepare?.();
  const start = performance.now();
  for (let call = 0; call < calls; call++) {
    const result = run();
    // Awaiting what is no promise would charge a synchronous contestant for it.
    if (result instanceof Promise) await result;
  }
  return (performance.now() - start) / calls;
}
