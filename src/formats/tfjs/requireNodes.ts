import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';

interface NodeDef {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

/** Windows, steps and the distances in windows; more than any image has pixels in a row. */
const STEPS = /^(strides|dilations|ksize)$/;
const MOST_STEP = 4096;

/**
 * Checks the nodes of a graph before tfjs-converter sees them, which leaves out what it does not reach and computes with
 * whatever numbers there are.
 *
 * @throws Error naming the node, and the attribute, that is not what it must be.
 */
export function requireNodes(topology: unknown): void {
  const graph = isRecord(topology) ? topology : {};
  if (!Array.isArray(graph.node)) throw new Error('it has no list of nodes');
  const functions = readFunctions(graph.library);
  requireGraph(graph.node, functions);
  for (const [name, { nodes }] of functions) {
    try {
      requireGraph(nodes, functions);
    } catch (cause) {
      throw new Error(`in the function ${quote(name)}: ${(cause as Error).message}`, { cause });
    }
  }
}

/** A part of a graph that nodes such as `While` and `If` run by its name. */
interface GraphFunction {
  /** What it is given is there as placeholders. */
  readonly nodes: readonly unknown[];
  /** The nodes that it gives back, each with its output behind a colon. */
  readonly returns: readonly string[];
}

function readFunctions(library: unknown): ReadonlyMap<string, GraphFunction> {
  const list = isRecord(library) && Array.isArray(library.function) ? (library.function as unknown[]) : [];
  return new Map(
    list.map((each, index) => {
      const { signature, nodeDef = [], ret = {} } = isRecord(each) ? each : {};
      const { name, inputArg = [] } = isRecord(signature) ? signature : {};
      if (typeof name !== 'string' || !Array.isArray(nodeDef) || !Array.isArray(inputArg) || !isRecord(ret)) {
        throw new Error(`function ${index} of its library: expected a signature and nodes`);
      }
      const given = inputArg.map((arg: unknown) => ({ ...Object(arg), op: 'Placeholder', input: [] }));
      return [name, { nodes: [...given, ...nodeDef], returns: Object.values(ret).map(String) }];
    }),
  );
}

function requireGraph(written: readonly unknown[], functions: ReadonlyMap<string, GraphFunction>): void {
  const nodes = new Map<string, NodeDef>();
  for (const [index, each] of written.entries()) {
    const node = readNode(each, index);
    if (nodes.has(node.name)) throw new Error(`it has two nodes called ${quote(node.name)}`);
    nodes.set(node.name, node);
  }
  for (const node of nodes.values()) {
    const lost = node.input.find((input) => !nodes.has(nameOf(input)));
    if (lost !== undefined)
      throw new Error(`the node ${quote(node.name)} reads ${quote(lost)}, which is none`);
    for (const [name, value] of Object.entries(node.attr)) requireNumbers(node, name, value);
    requireFunctions(node, functions);
  }
  requireNoCircle(nodes);
  for (const node of nodes.values()) if (node.op === 'LoopCond') requireEnd(node, [node], nodes);
}

/** What a node runs must be there; of a loop, what it goes on by must depend on what changes in it. */
function requireFunctions(node: NodeDef, functions: ReadonlyMap<string, GraphFunction>): void {
  if (!/^(Stateless)?(While|If)$/.test(node.op)) return;
  for (const attribute of ['cond', 'body', 'then_branch', 'else_branch']) {
    const value = node.attr[attribute];
    if (!isRecord(value) || !isRecord(value.func)) continue;
    const { name } = value.func;
    const run = functions.get(String(name));
    if (!run) {
      throw new Error(
        `the node ${quote(node.name)} runs ${describeValue(name)} as ${quote(attribute)}, which is no function of its library`,
      );
    }
    if (attribute !== 'cond') continue;
    const inside = new Map(
      run.nodes.map((each, index) => [readNode(each, index).name, readNode(each, index)]),
    );
    const ends = run.returns.flatMap((output) => inside.get(nameOf(output)) ?? []);
    requireEnd(node, ends, inside);
  }
}

function readNode(node: unknown, index: number): NodeDef {
  if (!isRecord(node)) throw new Error(`node ${index}: expected a node, got ${describeValue(node)}`);
  const { name, op, input = [], attr } = node;
  if (typeof name !== 'string' || typeof op !== 'string') {
    throw new Error(
      `node ${index}: expected a name and an op, got ${describeValue(name)} and ${describeValue(op)}`,
    );
  }
  // tfjs-converter looks nodes up in an object, which has these of its own.
  if (name in {})
    throw new Error(`the node ${quote(name)} has a name that TensorFlow.js cannot take; rename it`);
  if (!Array.isArray(input) || input.some((each) => typeof each !== 'string')) {
    throw new Error(
      `the node ${quote(name)}: expected a list of names as input, got ${describeValue(input)}`,
    );
  }
  return { name, op, input: input as string[], attr: isRecord(attr) ? attr : {} };
}

/** An input is `node`, `node:1` for another output, or `^node` for one that is only waited for. */
function nameOf(input: string): string {
  return input.replace(/^\^/, '').split(':')[0]!;
}

function requireNumbers({ name, op }: NodeDef, attribute: string, value: unknown): void {
  if (!isRecord(value)) return;
  const fail = (expected: string, got: unknown): never => {
    throw new Error(
      `the node ${quote(name)} (${quote(op, 40)}): expected ${expected} as ${quote(attribute, 40)}, got ${describeValue(got)}`,
    );
  };
  if (value.f !== undefined && !Number.isFinite(Number(value.f))) fail('a finite number', value.f);
  if (value.i !== undefined && !Number.isInteger(Number(value.i))) fail('a whole number', value.i);
  const list = isRecord(value.list) && Array.isArray(value.list.i) ? (value.list.i as unknown[]) : [];
  for (const each of list) {
    const number = Number(each);
    if (!Number.isInteger(number)) fail('whole numbers', each);
    if (STEPS.test(attribute) && (number < 1 || number > MOST_STEP)) fail(`1 to ${MOST_STEP}`, each);
  }
  const dims = isRecord(value.shape) && Array.isArray(value.shape.dim) ? (value.shape.dim as unknown[]) : [];
  for (const dim of dims) {
    const size = isRecord(dim) ? dim.size : dim;
    const number = Number(size);
    // -1 is open.
    if (op === 'Placeholder' && !(Number.isInteger(number) && number >= -1 && number !== 0)) {
      fail('sizes of at least 1', size);
    }
  }
}

/** Nodes of a loop read what its last step puts out; any other circle would never be reached. */
function requireNoCircle(nodes: ReadonlyMap<string, NodeDef>): void {
  const done = new Set<NodeDef>();
  const within = new Set<NodeDef>();
  const stack: { node: NodeDef; leave: boolean }[] = [...nodes.values()].map((node) => ({
    node,
    leave: false,
  }));
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { node, leave } = next;
    if (leave) {
      within.delete(node);
      done.add(node);
      continue;
    }
    if (done.has(node) || within.has(node)) continue;
    within.add(node);
    stack.push({ node, leave: true });
    for (const input of node.input) {
      const other = nodes.get(nameOf(input))!;
      if (/NextIteration$/.test(other.op)) continue;
      if (within.has(other)) {
        throw new Error(
          `the node ${quote(node.name)} reads ${quote(other.name)}, which waits for it in a circle`,
        );
      }
      stack.push({ node: other, leave: false });
    }
  }
}

/** A loop ends if what it goes on by depends on something that changes in it. */
function requireEnd(loop: NodeDef, ends: readonly NodeDef[], nodes: ReadonlyMap<string, NodeDef>): void {
  const seen = new Set(ends);
  for (const node of seen) {
    if (/^(Merge|Placeholder)/.test(node.op)) return;
    for (const input of node.input) {
      const read = nodes.get(nameOf(input));
      if (read) seen.add(read);
    }
  }
  throw new Error(
    `the loop at the node ${quote(loop.name)} depends on nothing that changes: it would have no end`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
