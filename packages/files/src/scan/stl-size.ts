/** A binary STL says how many triangles it has, and each takes 50 bytes: its length tells it from a text. */
export const STL_HEAD = 84;
export const STL_TRIANGLE = 50;

/** What the header claims. */
export const stlTriangles = (bytes: Uint8Array): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(80, true);

export const isBinaryStl = (bytes: Uint8Array): boolean =>
  bytes.length >= STL_HEAD && bytes.length === STL_HEAD + STL_TRIANGLE * stlTriangles(bytes);
