import { describe, expect, it } from 'vitest';
import { retryKeys } from './retry-keys.ts';

const counting = () => {
  let n = 0;
  return retryKeys(() => `key ${++n}`);
};
const PATH = ['createClient'];

describe('keys of requests', () => {
  it('stay the same until an answer has come', () => {
    const keys = counting();
    expect(keys.keyFor(PATH, { name: 'Ada' })).toBe('key 1');
    expect(keys.keyFor(PATH, { name: 'Ada' })).toBe('key 1');
    keys.answered(PATH, { name: 'Ada' });
    expect(keys.keyFor(PATH, { name: 'Ada' })).toBe('key 2');
  });

  it('differ between routes, inputs and files', () => {
    const keys = counting();
    const photo = (text: string) => new File([text], 'front.jpg', { lastModified: 1 });
    const all = [
      keys.keyFor(PATH, { name: 'Ada' }),
      keys.keyFor(PATH, { name: 'Ben' }),
      keys.keyFor(['createRoom'], { name: 'Ada' }),
      keys.keyFor(PATH, { file: photo('a') }),
      keys.keyFor(PATH, { file: photo('ab') }),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
