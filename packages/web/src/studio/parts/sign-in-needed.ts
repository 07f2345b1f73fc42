/**
 * Tells whoever listens that the sign-in has ended, and that there is a new one.
 *
 * Every call of the screens says so here; the shell then asks for the password over the page, so that nothing typed is
 * lost, and what could not be loaded is asked for again.
 */
type Listener = (event: 'needed' | 'signed-in') => void;

const listeners = new Set<Listener>();

export function onSignIn(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function announce(event: 'needed' | 'signed-in'): void {
  for (const listener of listeners) listener(event);
}
