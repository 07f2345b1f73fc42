/**
 * Lays the ranked reserve of dots on the template head, as the bytes that every shell reads.
 *
 * Bundled alone, so that the hash of the bundle stands for everything the reserve is computed from: see prepare-cache.
 */
import { buildReserve } from '@stipple/core/dots/build-reserve.ts';
import { encodeReserve } from '@stipple/core/dots/reserve.ts';
import { buildHead } from '@stipple/core/head/build-head.ts';

export const layReserve = (): Uint8Array =>
  encodeReserve(buildReserve(buildHead({ face: 1, width: 1, height: 1, length: 1 })));
