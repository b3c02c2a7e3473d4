/** How long a policy's report of what it refused may come after the refusal, in milliseconds. */
const REPORT_DELAY = 100;

/**
 * Reads a `.wasm` file of the app's own.
 *
 * @throws Error naming the address and why nothing came from it.
 */
export async function fetchWasm(url: string): Promise<ArrayBuffer> {
  let refusedBy = '';
  const note = ({ effectiveDirective }: SecurityPolicyViolationEvent) => {
    refusedBy ||= effectiveDirective;
  };
  // The page's or the worker's own scope, whichever this is.
  const scope = globalThis as unknown as EventTarget;
  scope.addEventListener('securitypolicyviolation', note as EventListener);
  try {
    const response = await fetch(url, { credentials: 'same-origin' });
    if (response.ok) return await response.arrayBuffer();
    throw new Error(`paths: expected a .wasm file at ${url}, got status ${response.status}`);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    await new Promise((resolve) => setTimeout(resolve, REPORT_DELAY));
    throw new Error(
      refusedBy
        ? `paths: the content security policy of this page forbids reading ${url}; its ${refusedBy} must allow that address`
        : `paths: expected a .wasm file at ${url}, got no answer (${cause.message})`,
      { cause },
    );
  } finally {
    scope.removeEventListener('securitypolicyviolation', note as EventListener);
  }
}
