import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setUp } from '../../../../scripts/set-up.mjs';

test('the planning process ends by itself when whoever started it was gone before it could listen', async () => {
  const { server, cache } = await setUp();
  const orphan = spawn(process.execPath, [join(server, 'plan-worker.mjs'), cache, 'plan'], { stdio: 'ignore' });
  const [code, signal] = await Promise.race([
    once(orphan, 'exit'),
    new Promise<[string, null]>((done) => setTimeout(done, 10_000, ['still runs', null])),
  ]);
  orphan.kill('SIGKILL');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
}, 60_000);
