import { quote } from '../../common/quote';
import type { GraphModelLike } from './GraphModelLike';
import type { GraphNode } from './readNodes';

/** Rounds of one loop in one run. Networks take as many as a sequence has steps, or an image has boxes. */
const MOST_ROUNDS = 100_000;

interface Executor {
  readonly graph?: { readonly nodes?: Readonly<Record<string, GraphNode>> };
  readonly functionExecutorMap?: Readonly<Record<string, FunctionExecutor>>;
}

interface FunctionExecutor {
  executeFunctionAsync(...given: unknown[]): Promise<unknown>;
}

/**
 * Runs a graph, and ends loops that do not end by themselves. They would hold the whole process: between their rounds nothing
 * else gets a turn, no signal either.
 *
 * tfjs-converter has no place to count at. Of each round it reads what the node `LoopCond` takes, or runs the function that a
 * node `While` goes on by; both are counted while this runs.
 *
 * @throws Error (the promise is rejected) naming the node, if a loop takes more rounds than `most`; and as `compute` does.
 */
export async function limitLoops<Result>(
  model: GraphModelLike,
  compute: () => Promise<Result>,
  most = MOST_ROUNDS,
): Promise<Result> {
  const executor = Reflect.get(model, 'executor') as Executor | null;
  const restore: (() => void)[] = [];
  for (const node of Object.values(executor?.graph?.nodes ?? {})) {
    let rounds = 0;
    const count = () => {
      if (++rounds <= most) return;
      throw new Error(
        `the loop at the node ${quote(node.name)} takes more than ${most} rounds: expected one that ends`,
      );
    };
    if (node.op === 'LoopCond') {
      const { inputParams } = node;
      const get = () => {
        count();
        return inputParams;
      };
      Object.defineProperty(node, 'inputParams', { configurable: true, enumerable: true, get });
      const before = { configurable: true, enumerable: true, writable: true, value: inputParams };
      restore.push(() => Object.defineProperty(node, 'inputParams', before));
    }
    const isWhile = /^(Stateless)?While$/.test(node.op);
    const run = isWhile ? executor?.functionExecutorMap?.[String(node.attrParams.cond?.value)] : undefined;
    if (run) {
      const execute = run.executeFunctionAsync;
      run.executeFunctionAsync = (...given) => {
        count();
        return execute.apply(run, given);
      };
      restore.push(() => {
        run.executeFunctionAsync = execute;
      });
    }
  }
  try {
    return await compute();
  } finally {
    for (const each of restore.reverse()) each();
  }
}
