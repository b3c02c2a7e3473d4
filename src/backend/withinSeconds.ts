/**
 * Waits for a promise, but not for ever.
 *
 * @throws Error with `message` if it is still open after so many seconds.
 */
export async function withinSeconds<Value>(
  seconds: number,
  promise: Promise<Value>,
  message: string,
): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(message)), seconds * 1000);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
