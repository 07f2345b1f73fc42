/** Version of this Stipple, as documents and summaries record it; the same as the root package's (tested). */
export const ENGINE = '0.2.0';
