/** @throws Error that names the file of a model of which TensorFlow.js could make none. */
export function refuseModel(file: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new Error(
    `path: expected a model that TensorFlow.js can build, got ${JSON.stringify(file)}: ${reason}`,
    {
      cause,
    },
  );
}
