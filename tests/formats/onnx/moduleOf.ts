/** The module of PyTorch that a node was written for: `'a.0'` of `'/a/a.0/Conv'`. */
export function moduleOf(node: string): string {
  const path: string[] = [];
  for (const scope of node.split('/').slice(1, -1)) {
    if (scope.startsWith(`${path.at(-1)}.`)) path.pop();
    path.push(scope);
  }
  return path.join('.');
}
