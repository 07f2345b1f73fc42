import { dayWords } from '@stipple/core/calendar/day-words.ts';
import type { StudioPigment } from '@stipple/core/pigment/studio-pigment.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { readPigments } from '@stipple/files/imports/read-pigments.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { counted } from '../parts/counted.ts';
import { FileButton } from '../parts/file-button.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSession } from '../parts/session.ts';
import { dayOf } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

/** The pigments that the studio works with, out of a file; planning for a client chooses shade and dilution out of them. */
export function PigmentsPanel() {
  const { studio } = useSession();
  const library = useLoaded(() => api.library({ kind: 'pigments' }), []);
  const [fault, setFault] = useState<string | null>(null);
  const sending = useSend();
  if (!library.value) return <Waiting refusal={library.refusal} onAgain={library.reload} />;
  const { version, content, createdAt } = library.value;
  const { pigments } = content as { readonly pigments: readonly StudioPigment[] };
  const keep = async (file: File): Promise<void> => {
    setFault(null);
    try {
      const list = readPigments(new Uint8Array(await file.arrayBuffer()), file.name);
      const order = { kind: 'pigments' as const, basedOn: version, content: { pigments: list } };
      if (await sending.send(() => api.changeLibrary(order))) library.reload();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setFault(`${error.reason} ${error.detail ?? ''}`);
    }
  };
  return (
    <Panel
      title="Pigments"
      note={
        createdAt
          ? `Version ${version}, ${dayWords(dayOf(createdAt, studio.timeZone))}: ${counted(pigments.length, 'pigment')}.`
          : 'None yet. The planning page takes this list where a client’s record is open.'
      }
    >
      {pigments.length > 0 && (
        <div class="table-scroll" tabIndex={0} role="region" aria-label="The pigments">
          <table>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Maker</th>
                <th scope="col">Colour</th>
                <th scope="col">Dilutions</th>
              </tr>
            </thead>
            <tbody>
              {pigments.map(({ id, name, maker, lab, dilutions }) => (
                <tr key={id}>
                  <td>{name}</td>
                  <td>{maker}</td>
                  <td>{lab ? `L* ${lab.map((value) => Math.round(value)).join(', ')}` : 'not known: never chosen'}</td>
                  <td>{dilutions.map((water) => `1 : ${water}`).join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {fault && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
      <RefusalNotice refusal={sending.refusal} />
      <div class="row">
        <FileButton
          label="The list of pigments as a file"
          accept=".csv,.json,text/csv,application/json"
          isSolid
          isDisabled={sending.isSending}
          onChosen={(file) => void keep(file)}
        >
          {pigments.length > 0 ? 'Put another list in its place' : 'Choose the list'}
        </FileButton>
      </div>
      <p class="hint">
        A table (CSV) with the columns name, maker, hex or L, a and b, and dilutions, such as 5 10 20; or JSON as the
        command line takes it. Plans that were made keep theirs.
      </p>
    </Panel>
  );
}
