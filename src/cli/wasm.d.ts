/** The bundler puts the file beside the command and gives its place from there. */
declare module '*.wasm' {
  const path: string;
  export default path;
}
