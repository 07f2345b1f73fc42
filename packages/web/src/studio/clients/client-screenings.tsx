import { api, type Answers } from '../../api/api.ts';
import { FileButton } from '../parts/file-button.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { useSession } from '../parts/session.ts';
import { dayOf, dayWords } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import type { Screening } from './client-words.ts';
import { OUTCOME_WORDS, type Outcome } from './screening-words.ts';

interface ClientScreeningsProps {
  readonly clientId: string;
  /** Whether sessions may be booked; null until it is known. */
  readonly gate: Answers['bookableSkills'] | null;
  readonly onChanged: () => void;
}

/** What the questions about health came to, the newest first, and what that means for booking. */
export function ClientScreenings({ clientId, gate, onChanged }: ClientScreeningsProps) {
  const { studio } = useSession();
  const list = useLoaded(() => api.screenings({ clientId }), [clientId]);
  const items = list.value?.items ?? [];
  const [newest, ...older] = [...items].sort((a, b) => b.takenAt.localeCompare(a.takenAt));
  return (
    <Panel
      title="Screening"
      note={gate && <GateWords gate={gate} isAsked={newest !== undefined} />}
      action={
        <a class="link" href={hrefOf('clients', clientId, 'screening')}>
          {newest ? 'Ask again' : 'Ask now'}
        </a>
      }
    >
      {!list.value && <Waiting refusal={list.refusal} onAgain={list.reload} />}
      {newest && (
        <OneScreening
          screening={newest}
          timeZone={studio.timeZone}
          onChanged={() => {
            list.reload();
            onChanged();
          }}
        />
      )}
      {older.length > 0 && (
        <details>
          <summary>{older.length === 1 ? 'One before' : `${older.length} before`}</summary>
          <ul class="plain-list">
            {older.map(({ id, takenAt, outcome }) => (
              <li key={id}>
                {dayWords(dayOf(takenAt, studio.timeZone))}: {OUTCOME_WORDS[outcome]}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

function GateWords({ gate, isAsked }: { readonly gate: Answers['bookableSkills']; readonly isAsked: boolean }) {
  if (gate.mayBook) return <>Sessions may be booked{gate.earliest ? ` from ${dayWords(gate.earliest)}` : ''}.</>;
  if (gate.earliest) return <>Sessions may be booked from {dayWords(gate.earliest)}.</>;
  return (
    <>{isAsked ? 'Sessions may not be booked now; see why below.' : 'Sessions can be booked once it is answered.'}</>
  );
}

interface OneScreeningProps {
  readonly screening: Screening;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

function OneScreening({ screening, timeZone, onChanged }: OneScreeningProps) {
  const { id, takenAt, outcome, findings, hasNote } = screening;
  const needsNote = outcome === 'note';
  return (
    <div class="stack">
      <p>
        <Stamp outcome={outcome} /> <small>answered {dayWords(dayOf(takenAt, timeZone))}</small>
      </p>
      {findings.length > 0 && (
        <ul class="findings">
          {findings.map((finding) => (
            <li key={finding.code} class={`finding finding-${finding.outcome}`}>
              {finding.text}
              {finding.until && <small> until {dayWords(finding.until)}</small>}
            </li>
          ))}
        </ul>
      )}
      {(needsNote || outcome === 'stop' || outcome === 'defer') && (
        <div class="row">
          <SaveFile name="letter.html" call={() => api.referralLetter({ id })}>
            Letter to the doctor
          </SaveFile>
          {needsNote && !hasNote && <AddNote screeningId={id} onAdded={onChanged} />}
        </div>
      )}
      {hasNote && <p class="hint">The doctor’s note is kept with it.</p>}
    </div>
  );
}

const Stamp = ({ outcome }: { readonly outcome: Outcome }) => (
  <strong class={`stamp-word stamp-${outcome}`}>{OUTCOME_WORDS[outcome]}</strong>
);

function AddNote({ screeningId, onAdded }: { readonly screeningId: string; readonly onAdded: () => void }) {
  const sending = useSend();
  const add = async (file: File): Promise<void> => {
    if (await sending.send(() => api.addDoctorsNote({ id: screeningId, file }))) onAdded();
  };
  return (
    <>
      <FileButton
        label="The doctor’s note as a file"
        accept="application/pdf,image/jpeg,image/png"
        isDisabled={sending.isSending}
        onChosen={(file) => void add(file)}
      >
        Add the doctor’s note
      </FileButton>
      <RefusalNotice refusal={sending.refusal} />
    </>
  );
}
