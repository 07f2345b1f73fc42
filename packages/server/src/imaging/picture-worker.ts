/** The thread that makes one picture after another and does photo work. Started by picture-thread.ts. */
import { PHOTO_WORK } from '@stipple/core/plan/photo-work.ts';
import { pictureMaker, type PictureOrder } from './make-pictures.ts';
import type { WorkOrder } from './picture-thread.ts';
import { answerCalls } from './thread-calls.ts';

const { make, prepare } = pictureMaker();

answerCalls<PictureOrder | WorkOrder>(async (order) => {
  if (order.kind === 'work') {
    const work = PHOTO_WORK[order.name] as (...question: readonly unknown[]) => unknown;
    return [work(...order.question), []];
  }
  if (order.kind === 'prepare') return [await prepare(order), []];
  const bytes = await make(order);
  return [bytes, [bytes.buffer]];
});
