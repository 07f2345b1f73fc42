import { useEffect, useState } from 'preact/hooks';

/** Parts of the address after '#/', decoded: '#/clients/1f…/book' is ['clients', '1f…', 'book']. */
export type Route = readonly string[];

export function routeOf(hash: string): Route {
  const path = /^#\/([^?]*)/.exec(hash)?.[1] ?? '';
  return path.split('/').filter(Boolean).map(decoded);
}

/** A half-typed escape is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const hrefOf = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;

export function goTo(...parts: readonly string[]): void {
  location.hash = hrefOf(...parts);
}

/** Where the address says we are; the page has one document, so that what is typed outlives no address. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return routeOf(hash);
}
