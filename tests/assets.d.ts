/** Vite's list of files by their names, here of their addresses. */
interface ImportMeta {
  glob(pattern: string, options: { query: '?url'; import: 'default'; eager: true }): Record<string, string>;
}

/** The address that the test server gives a file. */
declare module '*?url' {
  const url: string;
  export default url;
}
