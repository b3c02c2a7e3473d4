import { readFileSync } from 'node:fs';

/** Networks with random weights, and what PyTorch computed for them in double precision: see the manifest. */
const folder = new URL('../fixtures/networks/', import.meta.url);

/** A layer of a network: its class, as Keras calls it, and its settings, by Keras's names. */
export interface NetworkLayer {
  readonly name: string;
  readonly kind: string;
  readonly inputs: readonly string[];
  readonly settings: LayerSettings;
  /** Of what it puts out, the batch first and the channels last. */
  readonly shape: readonly number[];
}

export interface LayerSettings {
  readonly kernel_size?: readonly number[];
  readonly pool_size?: readonly number[];
  readonly strides?: readonly number[];
  readonly dilation_rate?: readonly number[];
  readonly padding?: 'same' | 'valid';
  readonly activation?: string;
  readonly use_bias?: boolean;
  readonly interpolation?: 'bilinear' | 'nearest';
  readonly mode?: 'reflect' | 'symmetric';
  readonly sides?: readonly (readonly [number, number])[];
}

export interface ShapedValues {
  readonly values: Float32Array;
  readonly shape: number[];
}

/** A network with all its numbers. */
export interface NetworkFixture {
  readonly name: string;
  readonly layers: readonly NetworkLayer[];
  /** By `layer/kind`, for example `stem/kernel`. */
  readonly weights: ReadonlyMap<string, ShapedValues>;
  /** What each layer puts out, and the network's input under the name `input`. */
  readonly activations: ReadonlyMap<string, ShapedValues>;
  /** Of the sum of the last layer's outputs times {@link factors}, by the names of weights and of activations. */
  readonly gradients: ReadonlyMap<string, ShapedValues>;
  readonly factors: ShapedValues;
}

const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as {
  readonly networks: Readonly<
    Record<string, { layers: readonly NetworkLayer[]; arrays: readonly (readonly [string, number[]])[] }>
  >;
};

export const NETWORK_NAMES = Object.keys(manifest.networks);

export function readNetwork(name: string): NetworkFixture {
  const { layers, arrays } = manifest.networks[name]!;
  const bytes = readFileSync(new URL(`${name}.bin`, folder));
  const groups = { weights: new Map(), activations: new Map(), gradients: new Map() };
  let factors: ShapedValues | undefined;
  let at = bytes.byteOffset;
  for (const [path, shape] of arrays) {
    const size = shape.reduce((product, length) => product * length, 1);
    const array = { values: new Float32Array(bytes.buffer.slice(at, at + size * 4)), shape };
    at += size * 4;
    const slash = path.indexOf('/');
    if (slash === -1) factors = array;
    else groups[path.slice(0, slash) as keyof typeof groups].set(path.slice(slash + 1), array);
  }
  return { name, layers, ...groups, factors: factors! };
}
