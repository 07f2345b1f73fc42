import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { api, type Answers } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { useSession } from '../parts/session.ts';
import { dayOf } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { Waiting } from '../parts/waiting.tsx';
import type { Screening } from './client-words.ts';
import { DoctorsNote, noteWords } from './doctors-note.tsx';
import { OUTCOME_WORDS } from './screening-words.ts';

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
  const { id, takenAt, outcome, findings, note } = screening;
  const needsNote = findings.some((finding) => finding.outcome === 'note');
  return (
    <div class="stack">
      <p>
        <Stamp outcome={outcome} note={note} /> <small>answered {dayWords(dayOf(takenAt, timeZone))}</small>
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
      <div class="row">
        {(needsNote || outcome === 'stop' || outcome === 'defer') && (
          <SaveFile name="letter.html" call={() => api.referralLetter({ id })}>
            Letter to the doctor
          </SaveFile>
        )}
        <DoctorsNote screening={screening} isAskedFor={needsNote} onChanged={onChanged} />
      </div>
    </div>
  );
}

/** A note never softens a stop or a wait; 'no' and a wait of its own stand before whatever else was found. */
function Stamp({ outcome, note }: Pick<Screening, 'outcome' | 'note'>) {
  const isByNote = note && outcome !== 'stop' && (note.verdict !== 'yes' || outcome === 'note');
  if (!isByNote) return <strong class={`stamp-word stamp-${outcome}`}>{OUTCOME_WORDS[outcome]}</strong>;
  const look = { yes: 'caution', wait: 'defer', no: 'stop' }[note.verdict];
  return <strong class={`stamp-word stamp-${look}`}>{noteWords(note)}</strong>;
}
