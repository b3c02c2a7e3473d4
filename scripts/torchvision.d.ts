/** Numbers as PyTorch has them: channels first. */
export interface TorchArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A network of torchvision as a file, and what PyTorch makes of a picture. */
export interface ExportedNetwork {
  readonly file: Uint8Array;
  readonly image: TorchArray;
  readonly output: TorchArray;
  /** What some of its layers put out, by their paths. */
  readonly inner: readonly { readonly path: string; readonly right: TorchArray }[];
}

/** Exports networks, one at a time. */
export interface Torchvision {
  readonly names: readonly string[];
  export(name: string): Promise<ExportedNetwork>;
  stop(): void;
}

export function startTorchvision(): Promise<Torchvision | undefined>;
