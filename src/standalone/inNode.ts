/** Stands in the place of the standalone file in Node, which has one long line for a stack trace to print. */
throw new Error(
  "layerscope/standalone: is for pages without a bundler; here, import from 'layerscope' in its place",
);
