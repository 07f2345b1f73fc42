/**
 * In which ways heads depart from the stretched template. Written by scripts/fit-head-departures.mjs; do not edit.
 *
 * From 500 heads drawn from the 100 modes of identity of ICT-FaceKit (MIT, Copyright (c) 2020 USC Institute for Creative
 * Technologies), after the four factors were fitted to each. The ways hold 79 % of the variance.
 */

/** The highest power of a direction's height and depth together. */
export const DEPARTURE_ORDER = 4;

/** One standard deviation of each of 4 independent ways: coefficients of y^a z^b, by a and then b, template mm outwards. */
export const DEPARTURES_MM: readonly (readonly number[])[] = [
  [1.98, 1.94, -6.72, -5.54, 1.72, -14.6, -0.11, 29.91, 12.92, 15.16, -6.7, -17.24, 8.28, 8.67, -12.59],
  [-4.8, -10.2, -8.31, -0.66, 0.45, 23.01, 50.64, 32.65, 0.45, -47.52, -81.92, -28.49, 53.74, 40.16, -24.78],
  [1.74, 0.66, 0.46, 0.5, -2.14, -8.24, -18.01, 3.12, 11.51, 16.39, 20.05, -2.61, -16.4, -3.99, 6.49],
  [-2.38, -3.17, 2.79, 1.69, -1.88, 4.86, -0.33, -6.09, -1.57, 4.7, 12.11, 2.99, -11.73, -6.97, 4.26],
];
