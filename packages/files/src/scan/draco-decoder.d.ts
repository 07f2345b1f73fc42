/** The package has no types of its own. The product loads the decoder alone, tests the encoder too. */
declare module 'draco3dgltf/draco_decoder_gltf_nodejs.js' {
  export default function createDecoderModule(options: { wasmBinary?: Uint8Array }): Promise<unknown>;
}

declare module 'draco3dgltf' {
  export function createEncoderModule(): Promise<unknown>;
  export function createDecoderModule(): Promise<unknown>;
}
