/** The bundler copies the file and gives its address, relative to the bundle. */
declare module '*.wasm' {
  const url: string;
  export default url;
}
