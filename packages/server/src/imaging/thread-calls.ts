/**
 * One function on a thread of its own: calls go there, answers come back, buffers are handed over instead of copied.
 *
 * Both ends of it. The calling end runs from the bundle, where the workers lie beside their callers. A fault or refusal in
 * the thread rejects the call it belongs to; the end of the thread rejects all that wait and all that still come.
 */
import { parentPort, type Worker } from 'node:worker_threads';
import { Refusal, type RefusalCode } from '@stipple/core/units/refusal.ts';

export interface ThreadCalls<Question, Answer> {
  /** Buffers in `handedOver` can no longer be read by the caller. */
  readonly ask: (question: Question, handedOver: ArrayBuffer[]) => Promise<Answer>;
  /** Ends the thread and frees all it held. */
  readonly close: () => Promise<number>;
}

interface Call {
  readonly id: number;
  readonly question: unknown;
}

type Reply = { readonly id: number } & (
  | { readonly answer: unknown }
  | { readonly error: unknown }
  /** A refusal, which would arrive as any error. */
  | { readonly code: RefusalCode; readonly detail: string | null }
);

export function openThread<Question, Answer>(worker: Worker): ThreadCalls<Question, Answer> {
  const waiting = new Map<number, { done: (answer: Answer) => void; fail: (error: unknown) => void }>();
  let calls = 0;
  worker.on('message', (reply: Reply) => {
    const call = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('code' in reply) call?.fail(new Refusal(reply.code, reply.detail));
    else if ('error' in reply) call?.fail(reply.error);
    else call?.done(reply.answer as Answer);
  });
  let end: unknown = null;
  const failAll = (error: unknown): void => {
    end ??= error;
    for (const { fail } of waiting.values()) fail(end);
    waiting.clear();
  };
  worker.on('error', failAll);
  worker.on('exit', (code) => failAll(new Error(`the thread has ended (${code})`)));
  return {
    ask: (question, handedOver) =>
      new Promise((done, fail) => {
        if (end !== null) return fail(end);
        const id = calls++;
        waiting.set(id, { done, fail });
        worker.postMessage({ id, question } satisfies Call, handedOver);
      }),
    close: () => worker.terminate(),
  };
}

/** The answering end, in the worker's own module. `answer` returns what to send and the buffers to hand over. */
export function answerCalls<Question>(
  answer: (question: Question) => Promise<readonly [answer: unknown, handedOver: ArrayBuffer[]]>,
): void {
  const port = parentPort;
  if (!port) throw new Error('calls are answered in a thread');
  port.on('message', ({ id, question }: Call) => {
    answer(question as Question).then(
      ([given, handedOver]) => port.postMessage({ id, answer: given } satisfies Reply, handedOver),
      (error: unknown) =>
        port.postMessage(
          (error instanceof Refusal ? { id, code: error.code, detail: error.detail } : { id, error }) satisfies Reply,
        ),
    );
  });
}
