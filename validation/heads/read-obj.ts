/** A Wavefront OBJ: fan triangles of polygons with their group and material, and one texture place per corner. */
export interface ObjMesh {
  readonly positions: Float64Array;
  readonly triangles: Uint32Array;
  /** Per triangle. */
  readonly groups: readonly string[];
  readonly materials: readonly string[];
  /** u v per corner of each triangle as in the file; null when the file has none. */
  readonly uvs: Float32Array | null;
}

export function readObj(text: string): ObjMesh {
  const positions: number[] = [];
  const places: number[] = [];
  const triangles: number[] = [];
  const uvs: number[] = [];
  const groups: string[] = [];
  const materials: string[] = [];
  let group = '';
  let material = '';
  for (const line of text.split('\n')) {
    const [word, ...rest] = line.trim().split(/\s+/);
    if (word === 'v') positions.push(Number(rest[0]), Number(rest[1]), Number(rest[2]));
    else if (word === 'vt') places.push(Number(rest[0]), Number(rest[1]));
    else if (word === 'g') group = rest.join(' ');
    else if (word === 'usemtl') material = rest[0] ?? '';
    else if (word === 'f') {
      const corners = rest.map((corner) => corner.split('/').map((n) => Number.parseInt(n, 10) - 1));
      for (let k = 2; k < corners.length; k++) {
        for (const [vertex, place] of [corners[0], corners[k - 1], corners[k]]) {
          triangles.push(vertex);
          if (place !== undefined && place >= 0) uvs.push(places[2 * place], places[2 * place + 1]);
        }
        groups.push(group);
        materials.push(material);
      }
    }
  }
  return {
    positions: Float64Array.from(positions),
    triangles: Uint32Array.from(triangles),
    groups,
    materials,
    uvs: uvs.length === 2 * triangles.length ? Float32Array.from(uvs) : null,
  };
}
