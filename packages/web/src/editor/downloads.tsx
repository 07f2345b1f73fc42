import { zipSync } from 'fflate';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PlanFile } from '../workers/plan-messages.ts';
import { KeepWithClient, type PhotosOfOrder } from './keep-with-client.tsx';
import { saveFile } from './save-file.ts';

const WHAT: Readonly<Record<string, string>> = {
  'plan.json': 'the plan itself: drop it here with its photos to open it again',
  'summary.json': 'all numbers',
  'dots.csv': 'every dot, mm',
  'worksheet.pdf': 'the sheet for the chair',
  'stencil.svg': 'dots flattened, mm, a layer per session',
  'head.glb': 'head and dots in 3-D',
  'course.ics': 'sessions, preparation and aftercare for the calendar',
};

const whatIs = (name: string): string =>
  WHAT[name] ?? (name.endsWith('.mask.png') ? 'where a dot may change the photo' : 'picture');

/** PNG and PDF are compressed already: they are stored, so that the archive is ready at once. */
const zipOf = (files: readonly PlanFile[]): Uint8Array<ArrayBuffer> =>
  zipSync(
    Object.fromEntries(files.map(({ name, type, bytes }) => [name, [bytes, { level: /png|pdf/.test(type) ? 0 : 6 }]])),
  );

export interface DownloadsProps {
  readonly files: () => Promise<readonly PlanFile[]>;
  /** Photos of a plan that its client's record does not have yet. */
  readonly photosToKeep: (document: PlanDocument) => PhotosOfOrder;
  /** The plan was downloaded. */
  readonly onSaved: () => void;
  /** What has to be known before anything is taken away. */
  readonly children: ComponentChildren;
}

/** Everything the plan consists of, as files: all at once, or one by one. */
export function Downloads({ files, photosToKeep, onSaved, children }: DownloadsProps) {
  const [list, setList] = useState<readonly PlanFile[] | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  /** Null when they could not be made: the page then shows why in place of the plan. */
  const load = async (): Promise<readonly PlanFile[] | null> => {
    if (list) return list;
    setIsBusy(true);
    const made = await files().catch(() => null);
    setIsBusy(false);
    setList(made);
    return made;
  };
  const saveAll = async (): Promise<void> => {
    const made = await load();
    if (!made) return;
    saveFile('stipple-plan.zip', 'application/zip', zipOf(made));
    onSaved();
  };
  return (
    <section class="downloads" aria-labelledby="downloads-title">
      <h2 id="downloads-title">Take it with you</h2>
      {children}
      <div class="row">
        <button type="button" class="button button-solid" disabled={isBusy} onClick={() => void saveAll()}>
          {isBusy ? 'Preparing …' : 'Download everything (.zip)'}
        </button>
        <KeepWithClient files={load} photosToKeep={photosToKeep} />
        {!list && (
          <button type="button" class="link" disabled={isBusy} onClick={() => void load()}>
            Show the files one by one
          </button>
        )}
      </div>
      {list && (
        <ul>
          {list.map(({ name, type, bytes }) => (
            <li key={name}>
              <button
                type="button"
                class="link"
                onClick={() => {
                  saveFile(name, type, bytes);
                  if (name === 'plan.json') onSaved();
                }}
              >
                {name}
              </button>
              <small>{whatIs(name)}</small>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
