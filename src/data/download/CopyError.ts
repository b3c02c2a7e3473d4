/** Says what is wrong with one copy of a file, the message being the reason alone: another copy may do. */
export class CopyError extends Error {
  /**
   * `'retry'`: the same request may succeed now. `'copy'`: this copy is of no use, another of the same server may be.
   */
  readonly remedy: 'retry' | 'copy';

  constructor(message: string, remedy: 'retry' | 'copy', options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
