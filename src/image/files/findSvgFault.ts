import { attributeOf, scanSvg } from './scanSvg';

/** Levels of elements within each other, those included that they refer to. Drawing libraries call themselves for each. */
const DEEPEST = 256;

/** Elements at the most that are drawn, each as often as something refers to it. */
const MOST = 2 ** 20;

/** Characters at the most. */
const LONGEST = 2 ** 24;

const REFERENCE = /(?:url\(\s*(?:["']\s*)?|href\s*=\s*["']\s*)#([^"')]*)/g;

/** Elements whose references draw nothing. */
const NO_DRAWING = /^(?:a|set|animate\w*)$/;

/** What stands under one `id`. */
interface Part {
  elements: number;
  /** Levels below its own. */
  depth: number;
  /** The ids in it, and those that it refers to. */
  readonly refers: string[];
}

/**
 * Says what of an SVG file would end the process of whoever draws it, or never be done: elements that nest too deep, or that
 * refer to each other in circles or a million times.
 *
 * @returns What follows "got this file, …" in a message; `undefined` if nothing was found.
 */
export function findSvgFault(text: string): string | undefined {
  if (text.length > LONGEST) return `which has ${text.length} characters, of ${LONGEST} at the most`;
  if (/<!ENTITY/.test(text)) return 'which declares entities';
  const root: Part = { elements: 0, depth: 0, refers: [] };
  const parts = new Map<string, Part>();
  /** What the present element is in: those with an id, and the file as a whole. */
  const around: { readonly part: Part; readonly depth: number }[] = [{ part: root, depth: 0 }];
  for (const tag of scanSvg(text)) {
    if (tag.depth >= DEEPEST) return TOO_DEEP;
    while (around.length > 1 && around.at(-1)!.depth >= tag.depth) around.pop();
    const id = attributeOf(tag, 'id');
    if (id !== undefined) {
      around.at(-1)!.part.refers.push(id);
      const part = parts.get(id) ?? { elements: 0, depth: 0, refers: [] };
      parts.set(id, part);
      around.push({ part, depth: tag.depth });
    }
    const { part, depth } = around.at(-1)!;
    part.elements += 1;
    part.depth = Math.max(part.depth, tag.depth - depth);
    if (NO_DRAWING.test(tag.name)) continue;
    for (const [, target] of tag.text.matchAll(REFERENCE)) {
      part.refers.push(target!);
    }
  }
  return measureParts(root, parts);
}

const TOO_DEEP = `whose elements nest or refer to each other more than ${DEEPEST} deep`;

/** Counts what is drawn, part by part. */
function measureParts(root: Part, parts: ReadonlyMap<string, Part>): string | undefined {
  const known = new Map<Part, { readonly elements: number; readonly depth: number }>();
  const measure = (part: Part, level: number): { readonly elements: number; readonly depth: number } => {
    const before = known.get(part);
    if (before) return before;
    // What is met again before it is measured is in a circle.
    known.set(part, { elements: 0, depth: Number.POSITIVE_INFINITY });
    let { elements, depth } = part;
    for (const id of part.refers) {
      const target = parts.get(id);
      if (!target) continue;
      if (level > DEEPEST) return { elements, depth: Number.POSITIVE_INFINITY };
      const inner = measure(target, level + 1);
      elements += inner.elements;
      depth = Math.max(depth, part.depth + 1 + inner.depth);
    }
    known.set(part, { elements, depth });
    return { elements, depth };
  };
  const { elements, depth } = measure(root, 0);
  if (depth > DEEPEST) return TOO_DEEP;
  return elements > MOST ? `which draws ${elements} elements, of ${MOST} at the most` : undefined;
}
