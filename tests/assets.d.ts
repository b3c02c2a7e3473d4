/** The address that the test server gives a file. */
declare module '*?url' {
  const url: string;
  export default url;
}
