/** The files of an uncompressed tar archive by name. */
export function readTar(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const text = (from: number, size: number): string =>
    new TextDecoder('latin1').decode(bytes.subarray(from, from + size)).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12).trim(), 8);
    if (!Number.isFinite(size)) throw new Error(`tar: the header at byte ${at} has no size`);
    files.set(text(at, 100), bytes.subarray(at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return files;
}
