import { Refusal } from '@stipple/core/units/refusal.ts';
import { useRef, useState } from 'preact/hooks';
import type { DrawnOnPhoto, PhotoOrder } from '../workers/plan-messages.ts';
import { showablePhoto } from '../workers/showable-photo.ts';
import type { Assigned } from './assign-views.ts';
import { headPhoto, isSameFile, orderOf, redrawn, withPhoto, type HeadPhoto } from './head-photo.ts';
import { NOTHING_DRAWN } from './mark-session.ts';
import { openPhoto } from './open-photo.ts';
import { HEAD_VIEWS, VIEW_NAMES, type ViewName } from './views.ts';

/** What there is to say about the files last given. */
export interface PhotoWord {
  readonly view: ViewName;
  /** Of the refusal, if it is one. */
  readonly code: string | null;
  readonly isFault: boolean;
  readonly text: string;
}

const names = (files: readonly { name: string }[]): string => files.map(({ name }) => name).join(', ');

function leftOutWord(taken: readonly Assigned[], left: readonly File[]): PhotoWord {
  const view = taken[0]?.view ?? 'front';
  const what = taken.length === 1 ? 'One photo is' : `${taken.length} photos are`;
  const text = `${what} taken: ${names(taken.map(({ file }) => file))}. Left out: ${names(left)}.`;
  return { view, code: null, isFault: false, text };
}

function refusedWord({ view, file }: Assigned, error: unknown, isOneKept: boolean): PhotoWord {
  const isRefusal = error instanceof Refusal;
  const why = isRefusal
    ? [error.detail && `${error.detail}.`, error.reason, error.remedy]
    : ['It could not be read.', 'Choose it again.'];
  const kept = isOneKept && 'The photo chosen before is kept.';
  return {
    view,
    code: isRefusal ? error.code : null,
    isFault: true,
    text: `${file.name}: ${[...why, kept].filter(Boolean).join(' ')}`,
  };
}

/** One picture says nothing more by being there twice, and would seem to. */
const twinWord = ({ view, file }: Assigned, twin: ViewName): PhotoWord => ({
  view,
  code: null,
  isFault: true,
  text: `${file.name}: this very photo is there already, as “${HEAD_VIEWS[twin].label}”.`,
});

const hint = (text: string): PhotoWord => ({ view: 'front', code: null, isFault: false, text });

export const scanWord = ({ name }: File): PhotoWord => hint(`${name} is taken for a scan of the head: see step 2.`);

/** So many are named. */
const NAMED = 3;

export function besideWord(plan: File, strangers: readonly File[]): PhotoWord {
  const more = strangers.length - NAMED;
  return hint(
    `Beside ${plan.name}, and none of its photos: ${names(strangers.slice(0, NAMED))}${more > 0 ? ` and ${more} more` : ''}.`,
  );
}

/** While a plan waits for its photos. */
export function strangerWord({ name }: File): PhotoWord {
  const { code, reason, remedy } = new Refusal('photo-differs');
  return { view: 'front', code, isFault: true, text: `${name}: ${reason} ${remedy}` };
}

/** As many as a plan has views: their bytes stay in memory. */
const MOST_REMEMBERED = VIEW_NAMES.length;

/** The client's photos, at most one of a view. */
export function usePhotos() {
  const [photos, setPhotos] = useState<readonly HeadPhoto[]>([]);
  const [words, setWords] = useState<readonly PhotoWord[]>([]);
  const held = useRef<readonly HeadPhoto[]>(photos);
  // A photo given again, perhaps for the view that it is of, has what was drawn on it: that may be half an hour's work.
  const drawnOnGone = useRef<readonly PhotoOrder[]>([]);
  const hold = (next: readonly HeadPhoto[]): readonly HeadPhoto[] => {
    const gone = held.current.filter(({ url }) => next.every((photo) => photo.url !== url));
    for (const { url } of gone) URL.revokeObjectURL(url);
    const drawn = gone.filter((photo) => photo.drawn !== NOTHING_DRAWN).map(orderOf);
    drawnOnGone.current = [...drawn, ...drawnOnGone.current].slice(0, MOST_REMEMBERED);
    held.current = next;
    setPhotos(next);
    return next;
  };
  const drawnBefore = (bytes: Uint8Array): DrawnOnPhoto | undefined =>
    [...held.current, ...drawnOnGone.current].find((photo) => isSameFile(photo.bytes, bytes))?.drawn;

  /** Takes what can be taken and gives it; the rest is spoken of. */
  const take = async (given: readonly Assigned[], left: readonly File[] = []): Promise<readonly HeadPhoto[]> => {
    const said: PhotoWord[] = [];
    const taken: HeadPhoto[] = [];
    for (const one of given) {
      try {
        const bytes = await openPhoto(one.file);
        const twin = [...held.current, ...taken].find(
          (photo) => photo.view !== one.view && isSameFile(photo.bytes, bytes),
        );
        if (twin) said.push(twinWord(one, twin.view));
        else taken.push(headPhoto(one.view, one.file.name, bytes, await showablePhoto(bytes), drawnBefore(bytes)));
      } catch (error) {
        const isOneKept = held.current.some(({ view }) => view === one.view);
        said.push(refusedWord(one, error, isOneKept));
      }
    }
    if (left.length > 0) said.push(leftOutWord(given, left));
    hold(taken.reduce(withPhoto, held.current));
    setWords(said);
    return taken;
  };

  /** The photos that are left. */
  const remove = (view: ViewName): readonly HeadPhoto[] => {
    setWords([]);
    return hold(held.current.filter((photo) => photo.view !== view));
  };

  /** The photos with this drawn on the one of the view. */
  const redraw = (view: ViewName, drawn: DrawnOnPhoto): readonly HeadPhoto[] =>
    hold(held.current.map((photo) => (photo.view === view ? redrawn(photo, drawn) : photo)));

  const hush = (): void => setWords([]);
  const say = (word: PhotoWord): void => setWords((old) => [...old, word]);
  /** As `photos`, for what goes on before the page is drawn again. */
  const now = (): readonly HeadPhoto[] => held.current;

  return { photos, now, words, take, remove, redraw, hush, say };
}
