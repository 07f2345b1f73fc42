/** A scan file to the head that a plan is drawn on: read, placed in the head frame, judged. */
import { frameScan } from '@stipple/core/scan/frame-scan.ts';
import type { LengthUnit, ScanLandmarks } from '@stipple/core/scan/scan-mesh.ts';
import type { ScanInput } from '@stipple/core/plan/plan-request.ts';
import { CANONICAL_FACE_CM } from '@stipple/core/vision/canonical-face.ts';
import type { LoadDraco } from './read-gltf.ts';
import { readScan } from './read-scan.ts';

/** `unit` and `landmarks` as the person gave them, or null. Refuses what `readScan` and `frameScan` refuse. */
export async function readHeadScan(
  bytes: Uint8Array,
  name: string,
  unit: LengthUnit | null,
  landmarks: ScanLandmarks | null,
  loadDraco?: LoadDraco,
): Promise<ScanInput> {
  const mesh = await readScan(bytes, name, loadDraco);
  return frameScan(mesh, { unit, landmarks, faceCm: CANONICAL_FACE_CM });
}
