import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { ChoiceField, TextField } from '../parts/fields.tsx';
import { FileButton } from '../parts/file-button.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSend } from '../parts/use-send.ts';
import type { Screening } from './client-words.ts';

type Note = NonNullable<Screening['note']>;

const SAYS = [
  { value: 'yes', label: 'Go ahead' },
  { value: 'wait', label: 'Wait until a day' },
  { value: 'no', label: 'Do not treat' },
] as const;

export function noteWords({ verdict, waitUntil }: Note): string {
  if (verdict === 'no') return 'The doctor says: do not treat';
  return verdict === 'wait' && waitUntil
    ? `The doctor says: wait until ${dayWords(waitUntil)}`
    : 'With care, as the doctor’s note says';
}

interface DoctorsNoteProps {
  readonly screening: Screening;
  /** Whether the screening asks for one. */
  readonly isAskedFor: boolean;
  readonly onChanged: () => void;
}

/** The note on file, and a new one with what the doctor says in it: booking goes by that. */
export function DoctorsNote({ screening: { id, note }, isAskedFor, onChanged }: DoctorsNoteProps) {
  const [isAdding, setIsAdding] = useState(false);
  if (isAdding) {
    const done = (): void => {
      setIsAdding(false);
      onChanged();
    };
    return <AddNote screeningId={id} onAdded={done} onLeft={() => setIsAdding(false)} />;
  }
  return (
    <>
      {note && (
        <SaveFile name="note" call={() => api.doctorsNote({ id })}>
          The doctor’s note
        </SaveFile>
      )}
      {(isAskedFor || note) && (
        <button type="button" class={note ? 'link' : 'button'} onClick={() => setIsAdding(true)}>
          {note ? 'Another note' : 'Add the doctor’s note'}
        </button>
      )}
    </>
  );
}

interface AddNoteProps {
  readonly screeningId: string;
  readonly onAdded: () => void;
  readonly onLeft: () => void;
}

function AddNote({ screeningId, onAdded, onLeft }: AddNoteProps) {
  const [file, setFile] = useState<File | null>(null);
  const [verdict, setVerdict] = useState<Note['verdict'] | null>(null);
  const [day, setDay] = useState('');
  const sending = useSend();
  const isWhole = file && verdict && (verdict !== 'wait' || day !== '');
  const add = async (): Promise<void> => {
    if (!file || !verdict) return;
    const says = { verdict, ...(verdict === 'wait' && { waitUntil: day }) };
    if (await sending.send(() => api.addDoctorsNote({ id: screeningId, file, ...says }))) onAdded();
  };
  return (
    <SendForm
      sending={sending}
      action="Keep the note"
      isDisabled={!isWhole}
      onSend={() => void add()}
      aside={
        <button type="button" class="link" onClick={onLeft}>
          Leave it
        </button>
      }
    >
      <div class="row">
        <FileButton
          label="The doctor’s note as a file"
          accept="application/pdf,image/jpeg,image/png"
          onChosen={setFile}
        >
          {file ? 'Another file' : 'The note (PDF or photo)'}
        </FileButton>
        {file && <span class="file-name">{file.name}</span>}
      </div>
      <ChoiceField legend="What the doctor says" value={verdict} options={SAYS} onChange={setVerdict} />
      {verdict === 'wait' && <TextField label="Not before" type="date" width="medium" value={day} onChange={setDay} />}
    </SendForm>
  );
}
