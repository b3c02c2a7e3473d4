/** A node of a graph: one operation, which reads what others put out. */
export interface GraphNode {
  readonly name: string;
  /** What it does, by TensorFlow's name: `'Conv2D'`. */
  readonly op: string;
  /** What the file calls it that the graph was converted from, if that was of another format: ONNX's `'Conv'`. */
  readonly className?: string;
  /** The kind of operation, as tfjs-converter sorts them: `'convolution'`, `'control'`. */
  readonly category?: string;
  /** What it reads, and behind that what it waits for. */
  readonly inputs: readonly GraphNode[];
  /** Of what it reads, by node and, behind a colon, output: `'split:1'`. */
  readonly inputNames: readonly string[];
  /** Those that read it. */
  readonly children: readonly GraphNode[];
  readonly attrParams: Readonly<Record<string, { readonly value?: unknown }>>;
  /** Its settings as they are written, those included that the operation does not have. */
  readonly rawAttrs?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** For each thing that it reads, where that stands among the inputs; with an end, several do, all where it is 0. */
  readonly inputParams: Readonly<
    Record<string, { readonly inputIndexStart?: number; readonly inputIndexEnd?: number }>
  >;
}

/** What a node is called for what it does. */
export function classOf({ className, op }: GraphNode): string {
  return className ?? op;
}
