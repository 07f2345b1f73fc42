/**
 * One Idempotency-Key for each thing asked for, so that asking again cannot do it twice.
 *
 * The same request keeps its key for as long as nobody knows what became of it: pressed twice, or sent again after the
 * network was lost, it is one request to the server. Once an answer has come, the next one is a new wish.
 */
export interface RetryKeys {
  readonly keyFor: (path: readonly string[], input: unknown) => string;
  readonly answered: (path: readonly string[], input: unknown) => void;
}

/** @param newKey a new unguessable key */
export function retryKeys(newKey: () => string): RetryKeys {
  const open = new Map<string, string>();
  return {
    keyFor(path, input) {
      const wish = wishOf(path, input);
      const key = open.get(wish) ?? newKey();
      open.set(wish, key);
      return key;
    },
    answered: (path, input) => void open.delete(wishOf(path, input)),
  };
}

const wishOf = (path: readonly string[], input: unknown): string => JSON.stringify([path, input], fileAsFacts);

function fileAsFacts(_: string, value: unknown): unknown {
  return value instanceof File ? [value.name, value.size, value.lastModified] : value;
}
