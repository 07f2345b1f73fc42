/**
 * The process that decodes photos, one after the other. Started by decode-process.ts.
 *
 * Ends itself, whatever a decoder is doing, when it holds more memory (MB) than its argument says and when whoever
 * started it is gone.
 */
import { writeSync } from 'node:fs';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { blockReader, lengthBefore, type DecodeReply } from './decode-frames.ts';
import { decodePhoto } from './decode-photo.ts';

const mostMb = Number(process.argv[2]);
const LOOK_EVERY_MS = 25;

const blockOf = (reply: DecodeReply): Uint8Array => new TextEncoder().encode(JSON.stringify(reply));

function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

setInterval(() => {
  if (process.memoryUsage.rss() < mostMb * 1048576) return;
  const detail = 'decoding it takes more memory than any photo needs';
  const block = blockOf({ kind: 'refused', code: 'photo-unreadable', detail });
  for (const part of [lengthBefore(block), block]) writeSync(1, part);
  endAtOnce();
}, LOOK_EVERY_MS);

// An interrupt from the terminal reaches this process too; whoever started it decides.
process.on('SIGINT', () => {});

let before = Promise.resolve();
process.stdin.on(
  'data',
  blockReader((bytes) => {
    before = before.then(() => answer(bytes));
  }),
);
process.stdin.on('end', endAtOnce);

async function answer(bytes: Uint8Array): Promise<void> {
  try {
    const { pixels, icc, focal35mm, sha256, type } = await decodePhoto(bytes);
    const { widthPx, heightPx, rgba } = pixels;
    const told = icc && Buffer.from(icc).toString('base64');
    send(blockOf({ kind: 'decoded', widthPx, heightPx, icc: told, focal35mm, sha256, type }));
    send(rgba as Uint8Array);
  } catch (error) {
    const reply: DecodeReply =
      error instanceof Refusal
        ? { kind: 'refused', code: error.code, detail: error.detail }
        : { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    send(blockOf(reply));
  }
}

function send(block: Uint8Array): void {
  process.stdout.write(lengthBefore(block));
  process.stdout.write(block);
}
