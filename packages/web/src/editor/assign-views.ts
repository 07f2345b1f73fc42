import { VIEW_NAMES, viewOfFile, type ViewName } from './views.ts';

/** A file, and the view that it is taken for. */
export interface Assigned {
  readonly view: ViewName;
  readonly file: File;
}

/**
 * Which view each of the files dropped is of: as its name tells, the first of the others from the front. Whoever comes
 * second for a view is left out.
 */
export function assignViews(files: readonly File[]): {
  readonly taken: readonly Assigned[];
  readonly left: readonly File[];
} {
  const taken = new Map<ViewName, File>();
  const rest: File[] = [];
  for (const file of files) {
    const view = viewOfFile(file.name);
    if (view && !taken.has(view)) taken.set(view, file);
    else rest.push(file);
  }
  const [first] = rest;
  if (first && !taken.has('front')) taken.set('front', rest.shift()!);
  const sorted = VIEW_NAMES.flatMap((view) => (taken.has(view) ? [{ view, file: taken.get(view)! }] : []));
  return { taken: sorted, left: rest };
}
