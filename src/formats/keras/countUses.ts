import { quote } from '../../common/quote';
import type { NamedLayer, Reference } from './readNamedLayer';

/** A use of a layer, and what it reads. */
interface Use {
  readonly layer: NamedLayer;
  readonly reads: readonly Reference[];
}

/**
 * Counts the uses of each layer that a model will have: each comes after those that it reads.
 *
 * @param layers By name; those that they read are among them.
 * @throws Error naming a layer that would wait for ever: for itself, for others in a circle, or for a use that never comes.
 */
export function countUses(layers: ReadonlyMap<string, NamedLayer>): ReadonlyMap<string, number> {
  const made = new Map([...layers.values()].map(({ name, isThere }) => [name, isThere ? 1 : 0]));
  const isMissing = ({ layer, use }: Reference) => use >= made.get(layer)!;
  const waiting = new Map<string, Use[]>();
  const keyOf = (layer: string, use: number) => `${use} ${layer}`;
  // What reads nothing makes no use.
  const ready: Use[] = [...layers.values()].flatMap((layer) =>
    layer.nodes.filter((reads) => reads.length > 0).map((reads) => ({ layer, reads })),
  );
  for (let next = ready.pop(); next; next = ready.pop()) {
    const missing = next.reads.find(isMissing);
    if (missing) {
      const key = keyOf(missing.layer, missing.use);
      const others = waiting.get(key);
      if (others) others.push(next);
      else waiting.set(key, [next]);
      continue;
    }
    const { name } = next.layer;
    const use = made.get(name)!;
    made.set(name, use + 1);
    const key = keyOf(name, use);
    for (const woken of waiting.get(key) ?? []) ready.push(woken);
    waiting.delete(key);
  }
  const stuck = [...waiting.values()].flat();
  if (stuck.length === 0) return made;

  for (const { layer, reads } of stuck) {
    const lost = reads.find((read) => read.use >= countAll(layers.get(read.layer)!));
    if (!lost) continue;
    throw new Error(
      `the layer ${layer.place} reads use ${lost.use} of ${quote(lost.layer)}, which has ${countAll(layers.get(lost.layer)!)}; convert the model again`,
    );
  }
  const [{ layer, reads }] = stuck as [Use];
  const { layer: other } = reads.find(isMissing)!;
  throw new Error(
    other === layer.name
      ? `the layer ${layer.place} reads what it puts out itself; convert the model again`
      : `the layer ${layer.place} reads ${quote(other)}, which waits for it in a circle; convert the model again`,
  );
}

/** The uses that a layer would have if all came. */
function countAll({ nodes, isThere }: NamedLayer): number {
  return nodes.filter((reads) => reads.length > 0).length + (isThere ? 1 : 0);
}
