/** An IDX file that is known to the byte. */
export interface IdxFile {
  /** Its name, unpacked; a gzipped copy has `.gz` after it. */
  readonly name: string;
  /** Its size in bytes, unpacked. */
  readonly size: number;
  /** Its SHA-256, unpacked, as 64 hexadecimal digits. */
  readonly sha256: string;
}

/** The images and the labels of one set. */
export interface IdxFilePair {
  readonly images: IdxFile;
  readonly labels: IdxFile;
}

/** The four files of MNIST (Y. LeCun, C. Cortes, C. Burges), 60,000 images to train and 10,000 to test with. */
export const mnistFiles: Readonly<Record<'train' | 'test', IdxFilePair>> = {
  train: {
    images: {
      name: 'train-images-idx3-ubyte',
      size: 47_040_016,
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    },
    labels: {
      name: 'train-labels-idx1-ubyte',
      size: 60_008,
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    },
  },
  test: {
    images: {
      name: 't10k-images-idx3-ubyte',
      size: 7_840_016,
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    },
    labels: {
      name: 't10k-labels-idx1-ubyte',
      size: 10_008,
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  },
};

/** Public copies of MNIST's files, gzipped, in the order in which they are asked. */
export const mnistMirrors: readonly string[] = [
  'https://storage.googleapis.com/cvdf-datasets/mnist/',
  'https://ossci-datasets.s3.amazonaws.com/mnist/',
];

/** The names that a copy of a file may have, the smaller copy first. */
export function namesOf({ name }: IdxFile): readonly [gzipped: string, plain: string] {
  return [`${name}.gz`, name];
}
