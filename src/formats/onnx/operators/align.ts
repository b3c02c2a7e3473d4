import type { GraphWriter } from '../graph/createGraphWriter';
import { broadcast } from '../graph/shapes';
import { arrange, countOf, type Layout, type Output, orderOf, type Size, type Value } from '../graph/Value';

interface Aligned {
  readonly outputs: readonly Output[];
  /** Of what they are stretched to. */
  readonly shape: readonly Size[];
  readonly layout: Layout;
}

/**
 * Reads values that are to be stretched to one shape, in one layout: channels last as soon as one of the largest rank lies so,
 * since most that follow, and the user, want it so.
 */
export function align(graph: GraphWriter, values: readonly Value[]): Aligned {
  const shape = broadcast(
    values.map((value) => value.shape),
    graph.newSize,
  );
  const rank = shape.length;
  const isLast =
    rank >= 3 &&
    values.some((value) => value.layout === 'last' && value.shape.length === rank && !value.constant);
  const layout = isLast ? 'last' : 'file';
  return { outputs: values.map((value) => readWide(graph, value, layout, rank)), shape, layout };
}

/** Reads a value in a layout of so many axes, those that it has not being of size 1, in front. */
function readWide(graph: GraphWriter, value: Value, layout: Layout, rank: number): Output {
  const own = value.shape.length;
  if (layout === 'file' || own === rank) return graph.read(value, layout);
  if (countOf(value.shape) === 1) return graph.readArranged(value, { from: [], order: [] });
  const wide = [...Array<number>(rank - own).fill(1), ...value.shape];
  if (value.constant) {
    return graph.readArranged(value, { from: wide as number[], order: orderOf(layout, rank) });
  }
  // Channels alone stand in the last place already: what is read may keep its rank.
  const reshaped = graph.reshape(graph.read(value), wide);
  const isMoved = wide[1] !== 1 && wide.slice(2).some((size) => size !== 1);
  return isMoved
    ? graph.put('Transpose', [reshaped, graph.ints(orderOf(layout, rank))])
    : graph.reshape(reshaped, arrange(wide, layout));
}
