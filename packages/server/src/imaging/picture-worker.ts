/** The thread that makes one picture after another. Started by picture-thread.ts. */
import { pictureMaker, type PictureOrder } from './make-pictures.ts';
import { answerCalls } from './thread-calls.ts';

const make = pictureMaker();

answerCalls<PictureOrder>(async (order) => {
  const bytes = await make(order);
  return [bytes, [bytes.buffer]];
});
