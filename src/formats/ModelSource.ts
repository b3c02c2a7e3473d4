/** A file that has a name: a `File` of a page or of Node. */
export interface NamedBlob extends Blob {
  readonly name: string;
  /** Where it lies in a folder that has been chosen as a whole. */
  readonly webkitRelativePath?: string;
}

/**
 * What a model is opened from: a file (`File`, `Blob`, bytes), or several that belong together (a `FileList`, a list of `File`s, bytes
 * by their names); a ZIP archive of them is one file. Or the address of a file by http or https; what belongs to it lies beside it.
 */
export type ModelSource =
  | Blob
  | URL
  | Uint8Array
  | ArrayBuffer
  | ArrayLike<NamedBlob>
  | Readonly<Record<string, Uint8Array>>;
