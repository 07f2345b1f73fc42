import { zipSync } from 'fflate';
import { useState } from 'preact/hooks';
import type { PlanFile } from '../workers/plan-messages.ts';

const WHAT: Readonly<Record<string, string>> = {
  'plan.json': 'the plan itself: open it again here or on the command line',
  'summary.json': 'all numbers',
  'dots.csv': 'every dot, mm',
  'worksheet.pdf': 'the sheet for the chair',
  'stencil.svg': 'dots flattened, mm, a layer per session',
  'head.glb': 'head and dots in 3-D',
  'course.ics': 'sessions, preparation and aftercare for the calendar',
};

function save(name: string, type: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken its own reference by the next task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Everything the plan consists of, as files: all at once, or one by one. */
export function Downloads({ files }: { readonly files: () => Promise<readonly PlanFile[]> }) {
  const [list, setList] = useState<readonly PlanFile[] | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const load = async (): Promise<readonly PlanFile[]> => {
    if (list) return list;
    setIsBusy(true);
    const made = await files();
    setIsBusy(false);
    setList(made);
    return made;
  };
  return (
    <section class="downloads" aria-labelledby="downloads-title">
      <h2 id="downloads-title">Take it with you</h2>
      <button
        type="button"
        class="button"
        disabled={isBusy}
        onClick={async () => {
          const made = await load();
          // PNG and PDF are compressed already: store them, so that the archive is ready at once.
          const archive = zipSync(
            Object.fromEntries(made.map((file) => [file.name, [file.bytes, { level: /png|pdf/.test(file.type) ? 0 : 6 }]])),
          );
          save('stipple-plan.zip', 'application/zip', archive as Uint8Array<ArrayBuffer>);
        }}
      >
        {isBusy ? 'Preparing …' : 'Download everything (.zip)'}
      </button>
      {list ? (
        <ul>
          {list.map((file) => (
            <li key={file.name}>
              <button type="button" class="link" onClick={() => save(file.name, file.type, file.bytes)}>
                {file.name}
              </button>
              <small>{WHAT[file.name] ?? (file.name.endsWith('.mask.png') ? 'where a dot may change the photo' : 'picture')}</small>
            </li>
          ))}
        </ul>
      ) : (
        <button type="button" class="link" disabled={isBusy} onClick={() => void load()}>
          Show the files one by one
        </button>
      )}
    </section>
  );
}
