/** What an image file is called in messages. */
export interface ImageName {
  /** The argument that it came from: `'path'`. */
  readonly argument: string;
  /** What follows "got": its path in quotation marks, or what was given in its place. */
  readonly got: string;
}
