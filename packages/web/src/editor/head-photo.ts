import type { PhotoOrder } from '../workers/plan-messages.ts';
import { NOTHING_DRAWN } from './mark-session.ts';
import { VIEW_NAMES, type ViewName } from './views.ts';

/** One photo of the client's head as the page holds it. */
export interface HeadPhoto extends PhotoOrder {
  readonly view: ViewName;
  readonly fileName: string;
  /** The photo as the browser can show it, and where it finds it. */
  readonly shown: Blob;
  readonly url: string;
  /** Changes with the bytes and with what is drawn: what was found out about another key is out of date. */
  readonly key: string;
}

let keys = 0;

export const headPhoto = (
  view: ViewName,
  fileName: string,
  bytes: Uint8Array,
  shown: Blob,
  drawn: PhotoOrder['drawn'] = NOTHING_DRAWN,
): HeadPhoto => ({
  view,
  fileName,
  bytes,
  drawn,
  shown,
  url: URL.createObjectURL(shown),
  key: `${view}-${++keys}`,
});

export const redrawn = (photo: HeadPhoto, drawn: PhotoOrder['drawn']): HeadPhoto => ({
  ...photo,
  drawn,
  key: `${photo.view}-${++keys}`,
});

/** The photos with this one among them, in place of an older one of its view, in the order of the views. */
export const withPhoto = (photos: readonly HeadPhoto[], photo: HeadPhoto): readonly HeadPhoto[] =>
  [...photos.filter(({ view }) => view !== photo.view), photo].sort(
    (a, b) => VIEW_NAMES.indexOf(a.view) - VIEW_NAMES.indexOf(b.view),
  );

export const orderOf = ({ view, bytes, drawn }: HeadPhoto): PhotoOrder => ({ view, bytes, drawn });

export const isSameFile = (a: Uint8Array, b: Uint8Array): boolean =>
  a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));

/** In what the photos of a plan and those at hand differ, in words. */
export function changedPhotos(made: readonly PhotoOrder[], now: readonly PhotoOrder[]): string[] {
  const isOther =
    made.length !== now.length ||
    made.some(({ view, bytes }, k) => view !== now[k]!.view || !isSameFile(bytes, now[k]!.bytes));
  const isRedrawn = made.some(({ view, drawn }) => {
    const same = now.find((photo) => photo.view === view);
    return same && JSON.stringify(same.drawn) !== JSON.stringify(drawn);
  });
  return [
    ...(isOther ? [made.length > 1 || now.length > 1 ? 'photos' : 'photo'] : []),
    ...(isRedrawn ? ['marks'] : []),
  ];
}
