/** What MNE's fsaverage head holds: a surface (m) and digitised points (m), both in the scanner's axes. FIFF, big-endian. */
const NODES = 3105;
const TRIANGLES = 3106;
const DIG_POINT = 213;
const CARDINAL = 1;
const NAMES = ['', 'left', 'nasion', 'right'] as const;

type Tag = readonly [kind: number, data: DataView];

function* tagsOf(bytes: Uint8Array): Generator<Tag> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 16 <= view.byteLength;) {
    const size = view.getInt32(at + 8);
    const next = view.getInt32(at + 12);
    yield [view.getInt32(at), new DataView(bytes.buffer, bytes.byteOffset + at + 16, size)];
    if (next < 0) return;
    at = next > 0 ? next : at + 16 + size;
  }
}

/** A matrix ends with its dimensions, fastest last: [columns, rows, count of dimensions]. */
function matrix(data: DataView, read: (at: number) => number): number[] {
  const rows = data.getInt32(data.byteLength - 8);
  const columns = data.getInt32(data.byteLength - 12);
  return Array.from({ length: rows * columns }, (_, k) => read(4 * k));
}

export function readFiffSurface(bytes: Uint8Array): { positionsMm: Float64Array; triangles: Uint32Array } {
  let positionsMm: Float64Array | null = null;
  let triangles: Uint32Array | null = null;
  for (const [kind, data] of tagsOf(bytes)) {
    if (kind === NODES) positionsMm = Float64Array.from(matrix(data, (at) => 1000 * data.getFloat32(at)));
    if (kind === TRIANGLES) triangles = Uint32Array.from(matrix(data, (at) => data.getInt32(at) - 1));
  }
  if (!positionsMm || !triangles) throw new Error('FIFF file without a surface');
  return { positionsMm, triangles };
}

/** Left and right preauricular point and nasion, mm. */
export function readFiffFiducials(bytes: Uint8Array): Record<'left' | 'nasion' | 'right', [number, number, number]> {
  const found: Partial<Record<string, [number, number, number]>> = {};
  for (const [kind, data] of tagsOf(bytes)) {
    if (kind !== DIG_POINT || data.getInt32(0) !== CARDINAL) continue;
    found[NAMES[data.getInt32(4)]] = [8, 12, 16].map((at) => 1000 * data.getFloat32(at)) as [number, number, number];
  }
  const { left, nasion, right } = found;
  if (!left || !nasion || !right) throw new Error('FIFF file without three fiducials');
  return { left, nasion, right };
}
