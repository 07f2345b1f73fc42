import { APPOINTMENT_FIELDS } from '@stipple/files/imports/read-appointments.ts';
import { CLIENT_FIELDS } from '@stipple/files/imports/read-clients.ts';
import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { FileButton } from '../parts/file-button.tsx';
import { ChoiceField, SelectField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSend } from '../parts/use-send.ts';

type Look = Answers['importClients'];
type Kind = 'clients' | 'appointments';

const KINDS = [
  { value: 'clients', label: 'Clients' },
  { value: 'appointments', label: 'History and appointments' },
] as const;
const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  clients: Object.keys(CLIENT_FIELDS),
  appointments: Object.keys(APPOINTMENT_FIELDS),
};
/** 'born on' of bornOn. */
const fieldWords = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const VERDICT_WORDS: Readonly<Record<Look['rows'][number]['verdict'], string>> = {
  new: 'new',
  same: 'known already',
  refused: 'not taken',
};
const ROWS_SHOWN = 200;

/** Brings clients and their history along from a CSV file: a look at every row first, then for good. */
export function ImportPanel() {
  const [kind, setKind] = useState<Kind>('clients');
  const [file, setFile] = useState<File | null>(null);
  const [look, setLook] = useState<Look | null>(null);
  const [created, setCreated] = useState<number | null>(null);
  const sending = useSend();

  const ask = async (
    chosen: File,
    of: Kind,
    columns: Record<string, string> | null,
    commit: boolean,
  ): Promise<void> => {
    setCreated(null);
    const order = { file: chosen, commit, ...(columns ? { columns } : {}) };
    const answer = await sending.send(() =>
      of === 'clients' ? api.importClients(order) : api.importAppointments(order),
    );
    if (!answer) return;
    setLook(answer);
    if (commit) setCreated(answer.created);
  };
  /** Every heading is answered for: one that is left out is not guessed again. */
  const meanings = (shown: Look, heading?: string, field?: string): Record<string, string> =>
    Object.fromEntries(
      shown.columns.map((column) => [
        column.heading,
        column.heading === heading ? (field ?? '') : (column.field ?? ''),
      ]),
    );
  const count = (verdict: Look['rows'][number]['verdict']): number =>
    look?.rows.filter((row) => row.verdict === verdict).length ?? 0;
  return (
    <Panel
      title="Import"
      note="From a CSV file, as nearly every program and spreadsheet writes it. Nothing is kept before you have seen what would be."
    >
      <ChoiceField
        legend="What is in the file"
        value={kind}
        options={KINDS}
        onChange={(next) => {
          setKind(next);
          setFile(null);
          setLook(null);
          setCreated(null);
        }}
      />
      <div class="row">
        <FileButton
          label="The CSV file"
          accept=".csv,text/csv"
          isSolid
          isDisabled={sending.isSending}
          onChosen={(chosen) => {
            setFile(chosen);
            setLook(null);
            void ask(chosen, kind, null, false);
          }}
        >
          {file ? 'Another file' : 'Choose the file'}
        </FileButton>
        {file && <span class="file-name">{file.name}</span>}
        {sending.isSending && <span role="status">reading …</span>}
      </div>
      <RefusalNotice refusal={sending.refusal} />
      {look && file && (
        <>
          <fieldset class="import-columns">
            <legend class="label">What the columns mean</legend>
            {look.columns.map(({ heading, field }) => (
              <SelectField
                key={heading}
                label={heading}
                value={field ?? ''}
                options={[
                  { value: '', label: 'leave out' },
                  ...FIELDS[kind].map((name) => ({ value: name, label: fieldWords(name) })),
                ]}
                onChange={(next) => void ask(file, kind, meanings(look, heading, next), false)}
              />
            ))}
          </fieldset>
          <p role="status">
            {created === null
              ? `${count('new')} new, ${count('same')} known already, ${count('refused')} cannot be taken as they are.`
              : `Done: ${created} kept.`}
          </p>
          {created === null && count('new') > 0 && (
            <button
              type="button"
              class="button button-solid"
              disabled={sending.isSending}
              onClick={() => void ask(file, kind, meanings(look), true)}
            >
              Keep the {count('new')} new ones
            </button>
          )}
          <div class="table-scroll" tabIndex={0} role="region" aria-label="Rows of the file">
            <table>
              <caption class="visually-hidden">Rows of the file</caption>
              <thead>
                <tr>
                  <th scope="col">Row</th>
                  <th scope="col">Name</th>
                  <th scope="col">What becomes of it</th>
                </tr>
              </thead>
              <tbody>
                {look.rows.slice(0, ROWS_SHOWN).map(({ row, name, verdict, problems }) => (
                  <tr key={row} class={`import-${verdict}`}>
                    <td>{row}</td>
                    <td>{name}</td>
                    <td>
                      {VERDICT_WORDS[verdict]}
                      {problems.map((problem) => (
                        <small key={problem}>{problem}</small>
                      ))}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {look.rows.length > ROWS_SHOWN && <p class="hint">and {look.rows.length - ROWS_SHOWN} more rows.</p>}
        </>
      )}
    </Panel>
  );
}
