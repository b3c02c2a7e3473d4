import { type Answer, type Site, serveSite } from '../../scripts/serveSite.js';

/**
 * Serves a page with a bundled app in it.
 *
 * @param files What `bundleApp` returned.
 * @param headersOf Asked at each answer for its headers.
 * @param findMore Looks up what else there is.
 */
export async function serveApp(
  files: ReadonlyMap<string, string>,
  headersOf: () => Readonly<Record<string, string>> = () => ({}),
  findMore: (path: string) => Answer | undefined = () => undefined,
): Promise<Site> {
  return await serveSite((path) => {
    const answer = find(path) ?? findMore(path);
    return answer && { ...answer, headers: headersOf() };
  });

  function find(path: string): Answer | undefined {
    if (path === '/') {
      const body = '<!doctype html><main></main><script type="module" src="/main.js"></script>';
      return { type: 'text/html', body };
    }
    const body = files.get(path);
    return body === undefined ? undefined : { type: 'text/javascript', body };
  }
}
