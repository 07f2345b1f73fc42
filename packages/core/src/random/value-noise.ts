import { hashUnit } from './hash.ts';

const fade = (t: number): number => t * t * (3 - 2 * t);

/**
 * Smooth three-dimensional noise in [-1, 1] with unit wavelength: the same at the same point for the same
 * salt, on every machine. Divide millimetres by the wavelength wanted. Used for irregular edges and
 * patchiness; not band-limited, so do not measure spectra on it.
 */
export function valueNoise(x: number, y: number, z: number, salt: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const z0 = Math.floor(z);
  const fx = fade(x - x0);
  const fy = fade(y - y0);
  const fz = fade(z - z0);
  let sum = 0;
  for (let corner = 0; corner < 8; corner++) {
    const i = corner & 1;
    const j = (corner >> 1) & 1;
    const k = corner >> 2;
    const cell = Math.imul(x0 + i, 73856093) ^ Math.imul(y0 + j, 19349663) ^ Math.imul(z0 + k, 83492791);
    sum += (i ? fx : 1 - fx) * (j ? fy : 1 - fy) * (k ? fz : 1 - fz) * hashUnit(cell, salt);
  }
  return sum * 2 - 1;
}
