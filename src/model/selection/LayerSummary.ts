/** One use of one layer of a model, or a node of a graph model. */
export interface LayerSummary {
  /** What selects it: `'conv1'`, `'backbone/conv1'`, `'time_distributed/conv1'`, `'conv1:1'`; the name of a node. */
  readonly path: string;
  /**
   * The name without what the names of all nodes of a graph model begin with, for people to read: `'conv1/Relu'` of
   * `'StatefulPartitionedCall/resnet50/conv1/Relu'`. It selects the node too. Absent where that is no other name.
   */
  readonly shortName?: string;
  /** The layer's class, for example `'Conv2D'`; what a node does. */
  readonly className: string;
  /** There if it works while a model is trained, as a Dropout does, and now puts out what it gets. */
  readonly trainingOnly?: true;
  /**
   * Shape of its first output, channels last whatever the model's own order is; `null` for what is open: the batch, and
   * sizes that follow those of the image. Of a node behind branches or loops, of which only its run tells, `[null]`.
   */
  readonly outputShape: readonly (number | null)[];
  /** Numbers that it has learnt or keeps, biases included; a shared layer has the same ones in each use. */
  readonly parameters: number;
  /**
   * Height and width, in pixels of the image, of what the value in the middle of its output depends on. Absent where the
   * model takes something else than one image of a fixed size, channels last, and where a layer on the way is not known or run
   * by another one.
   */
  readonly receptiveField?: readonly [height: number, width: number];
}
