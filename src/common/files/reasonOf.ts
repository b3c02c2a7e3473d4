/** The code of an error of the file system, such as `ENOENT`; of another error, what it says. */
export function reasonOf(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
