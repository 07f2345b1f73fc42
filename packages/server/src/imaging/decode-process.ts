/**
 * Decodes photos in a process of its own, which a hostile file may crash, hang or bloat without harm to this one.
 *
 * The process is started at once, so that it is ready when the first photo comes, takes one photo after the other, and
 * is replaced when it had to be ended. It watches its own memory; this end watches the clock. The pixels arrive in
 * shared memory, which threads read without copying. The pipe costs about 60 ms for 12 megapixels.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { blockReader, lengthBefore, type DecodeReply } from './decode-frames.ts';
import type { DecodedPhoto } from './decode-photo.ts';

export interface PhotoDecoder {
  /** @throws Refusal as decodePhoto; 'too-slow' or 'photo-unreadable' also when the process had to be ended */
  readonly decode: (bytes: Uint8Array) => Promise<DecodedPhoto>;
  readonly close: () => void;
}

export interface DecodeBounds {
  readonly seconds: number;
  readonly mb: number;
}

/** More than any photo within the bounds takes on a slow computer; 60 megapixels in the greediest format 1,000 MB. */
const DECODE_BOUNDS: DecodeBounds = { seconds: 30, mb: 1500 };

/** `script` is decode-worker.mjs, bundled beside this module. */
export function openDecoder(
  bounds = DECODE_BOUNDS,
  script = new URL('./decode-worker.mjs', import.meta.url),
): PhotoDecoder {
  const start = (): DecodeProcess => startProcess(script, bounds.mb);
  let decoder = start();
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = async (bytes: Uint8Array): Promise<DecodedPhoto> => {
    if (decoder.hasEnded()) decoder = start();
    const watch = setTimeout(() => decoder.end(new Refusal('too-slow')), 1000 * bounds.seconds);
    try {
      return await decoder.ask(bytes);
    } finally {
      clearTimeout(watch);
    }
  };
  return {
    decode: (bytes) => {
      const photo = before.then(() => inTurn(bytes));
      before = photo.catch(() => {});
      return photo;
    },
    close: () => decoder.end(new Error('the decoder is closed')),
  };
}

interface DecodeProcess {
  /** One photo at a time. */
  readonly ask: (bytes: Uint8Array) => Promise<DecodedPhoto>;
  readonly hasEnded: () => boolean;
  readonly end: (why: Error) => void;
}

function startProcess(script: URL, mostMb: number): DecodeProcess {
  const stdio: ['pipe', 'pipe', 'ignore'] = ['pipe', 'pipe', 'ignore'];
  const args = [fileURLToPath(script), String(mostMb)];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(process.execPath, args, { stdio });
  let waiting: { readonly done: (photo: DecodedPhoto) => void; readonly fail: (why: Error) => void } | null = null;
  let reply: Extract<DecodeReply, { kind: 'decoded' }> | null = null;
  let ended: Error | null = null;
  const end = (why: Error): void => {
    ended ??= why;
    child.kill('SIGKILL');
    waiting?.fail(ended);
    waiting = null;
  };
  // Whatever else ends a process that decodes, it was the photo.
  child.on('close', () => end(new Refusal('photo-unreadable')));
  child.on('error', end);
  // It ended while the photo was being sent: 'close' says so.
  child.stdin.on('error', () => {});
  child.stdout.on(
    'data',
    blockReader((block) => {
      if (reply) {
        waiting?.done(photoOf(reply, block));
        waiting = reply = null;
        return;
      }
      const told = JSON.parse(Buffer.from(block).toString()) as DecodeReply;
      if (told.kind === 'decoded') {
        reply = told;
        return;
      }
      waiting?.fail(told.kind === 'refused' ? new Refusal(told.code, told.detail) : new Error(told.message));
      waiting = null;
    }),
  );
  return {
    ask: (bytes) =>
      new Promise((done, fail) => {
        if (ended) return fail(ended);
        waiting = { done, fail };
        child.stdin.write(lengthBefore(bytes));
        child.stdin.write(bytes);
      }),
    hasEnded: () => ended !== null,
    end,
  };
}

const photoOf = (
  { widthPx, heightPx, icc, focal35mm, sha256, type }: Extract<DecodeReply, { kind: 'decoded' }>,
  rgba: Uint8Array,
): DecodedPhoto => ({
  pixels: { widthPx, heightPx, rgba },
  icc: icc === null ? null : Uint8Array.from(Buffer.from(icc, 'base64')),
  focal35mm,
  sha256,
  type,
});
