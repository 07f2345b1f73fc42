/**
 * Scans as a grid of values: the CT of an InVesalius project (a tar.gz with raw slices and a property list) and an MR
 * image in NIfTI-1 format. Values are as stored; axes are the scan's own, told by `axes`.
 */
import { gunzipSync } from 'node:zlib';
import { readTar } from './read-tar.ts';

export interface Volume {
  /** Samples along the first (fastest), second and third axis. */
  readonly size: readonly [number, number, number];
  readonly spacingMm: readonly [number, number, number];
  readonly values: Int16Array | Uint8Array | Float32Array;
}

export function readInvesalius(bytes: Uint8Array): Volume {
  const files = readTar(gunzipSync(bytes));
  const find = (name: string): Uint8Array => {
    const found = [...files].find(([path]) => path.endsWith(`/${name}`));
    if (!found) throw new Error(`InVesalius project without ${name}`);
    return found[1];
  };
  const plist = new TextDecoder().decode(find('main.plist'));
  const numbers = (key: string): number[] => {
    const block = new RegExp(`<key>${key}</key>\\s*<array>(.*?)</array>`, 's').exec(plist);
    if (!block) throw new Error(`InVesalius project without ${key}`);
    return [...block[1].matchAll(/<(?:integer|real)>([^<]*)</g)].map(([, text]) => Number(text));
  };
  const [slices, rows, columns] = numbers('shape');
  const [dx, dy, dz] = numbers('spacing');
  const raw = find('matrix.dat');
  return {
    size: [columns, rows, slices],
    spacingMm: [dx, dy, dz],
    values: new Int16Array(new Uint8Array(raw).buffer),
  };
}

/** NIfTI-1, little-endian, uint8 or int16 or float32; gzipped or not. */
export function readNifti(file: Uint8Array): Volume {
  const bytes = file[0] === 0x1f ? new Uint8Array(gunzipSync(file)) : new Uint8Array(file);
  const view = new DataView(bytes.buffer);
  if (view.getInt32(0, true) !== 348) throw new Error('not a little-endian NIfTI-1 file');
  const size = [42, 44, 46].map((at) => view.getInt16(at, true));
  const spacing = [80, 84, 88].map((at) => view.getFloat32(at, true));
  const from = view.getFloat32(108, true);
  const count = size[0] * size[1] * size[2];
  const type = view.getInt16(70, true);
  const data = bytes.slice(from).buffer;
  const values =
    type === 2
      ? new Uint8Array(data, 0, count)
      : type === 4
        ? new Int16Array(data, 0, count)
        : type === 16
          ? new Float32Array(data, 0, count)
          : null;
  if (!values) throw new Error(`NIfTI data type ${type} is not read`);
  return { size: [size[0], size[1], size[2]], spacingMm: [spacing[0], spacing[1], spacing[2]], values };
}
