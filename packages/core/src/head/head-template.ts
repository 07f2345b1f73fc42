/**
 * The mean head as a table. Written by scripts/fit-head-template.mjs; do not edit.
 *
 * Radius (mm) by direction as real spherical harmonics of order 16, even in x, fitted to the neutral head of
 * ICT-FaceKit (MIT, Copyright (c) 2020 USC Institute for Creative Technologies) and the MakeHuman base mesh (CC0),
 * 0.7 : 0.3, scaled to a circumference of 575 mm. Residual over the calvaria: rms 0.14 mm, 95 % within
 * 0.30 mm. The ears are left out; face and neck are smoothed over and mean nothing below the brow.
 */
import type { HeadLandmarks } from './head-landmarks.ts';

export const TEMPLATE_ORDER = 16;

/** For m = 0..order, for l = m..order: coefficient of N P_lm(y) Re((z + ix)^m), as summed by template-radius.ts. */
export const TEMPLATE_COEFFICIENTS: readonly number[] = [
  99.45129, 6.41564, 12.43085, -1.29925, -0.40881, -0.17819, -0.45484, 0.27822, -0.02573, -0.22812, 0.07689, 0.10321,
  0.00161, -0.08848, -0.05527, 0.06936, 0.02235, -0.02994, -5.0491, -0.92543, 1.99819, -1.26364, -0.19263, 0.5333,
  0.02097, 0.02481, -0.21139, -0.08739, 0.26628, 0.06775, -0.14218, -0.08334, 0.07006, 8.96728, -0.7402, 2.25961,
  -0.80373, -0.21427, -0.08993, 0.03883, 0.29908, -0.06159, -0.21429, -0.02882, 0.1137, 0.08243, -0.05245, -0.04612,
  0.13901, 0.18936, 0.51048, 0.40872, -0.29066, -0.17422, 0.15111, 0.14474, -0.00072, -0.12375, -0.07413, 0.0597,
  0.07225, -0.02419, -0.48503, -0.38588, -0.04372, 0.11242, -0.11082, -0.08563, -0.10511, 0.0458, 0.09653, -0.05881,
  -0.0734, 0.01568, 0.03864, 0.11178, -0.29161, -0.06578, 0.28428, 0.02635, 0.07926, -0.10887, -0.01684, 0.09046,
  -0.02066, -0.01848, -0.00508, 0.29807, -0.499, -0.14406, 0.04218, 0.12371, 0.00004, -0.11797, -0.01568, 0.06135,
  0.03411, -0.00353, 0.45106, -0.14571, -0.21172, 0.1632, 0.10015, -0.03903, -0.05779, -0.00937, 0.00497, 0.00813,
  0.35518, -0.16543, -0.1955, 0.07888, -0.02075, 0.04122, -0.01832, -0.01328, 0.00566, 0.53756, -0.10394, -0.03162,
  -0.03839, -0.0038, 0.00827, 0.01298, -0.01255, 0.33952, 0.00831, -0.06833, -0.03339, -0.01122, 0.01822, 0.03268,
  0.28802, 0.04832, -0.05588, -0.03109, -0.0503, 0.01011, 0.24038, 0.00971, -0.00942, -0.04043, -0.01051, 0.15532,
  0.00313, -0.02398, -0.04084, 0.09626, -0.00669, -0.01051, 0.06165, -0.02272, 0.02801,
];

/** Picked on the meshes (glabella, nasion, tragions) or found on the fitted surface (the others); mm. */
export const TEMPLATE_LANDMARKS: HeadLandmarks = {
  glabella: [0, 40.13, 95.15],
  nasion: [0, 24.2, 93.34],
  leftTragion: [74.97, 0, 0],
  rightTragion: [-74.97, 0, 0],
  vertex: [0, 132.54, -10.43],
  inion: [0, -1.24, -94.99],
  opisthocranion: [0, 43.17, -102.94],
};

/**
 * Similarity of MediaPipe's canonical face (cm) onto the template (mm): scale, then tilt about +X, then shift.
 * Least squares over 23 places that ICT-FaceKit and MediaPipe both name, brows to nose: rms 2.89 mm.
 */
export const CANONICAL_TO_TEMPLATE = {
  scaleMmPerCm: 10.33,
  tiltRad: -0.0098,
  upMm: -10.05,
  forwardMm: 40.25,
} as const;
