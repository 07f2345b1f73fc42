/** The encoding thread: filters and frames one picture after another. Started by png-thread.ts. */
import { encodePng } from './encode-png.ts';
import type { PngQuestion } from './png-thread.ts';
import { answerCalls } from './thread-calls.ts';

answerCalls<PngQuestion>(async ({ picture, icc }) => {
  const bytes = await encodePng(picture, icc);
  return [bytes, [bytes.buffer]];
});
