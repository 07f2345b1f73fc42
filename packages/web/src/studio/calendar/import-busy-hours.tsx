import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { FileButton } from '../parts/file-button.tsx';
import { counted } from '../parts/counted.ts';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSend } from '../parts/use-send.ts';

interface ImportBusyHoursProps {
  readonly practitionerId: string;
  readonly onChanged: () => void;
}

/** The busy hours of a calendar kept elsewhere, from its .ics file: a look first, then for good. */
export function ImportBusyHours({ practitionerId, onChanged }: ImportBusyHoursProps) {
  const [file, setFile] = useState<File | null>(null);
  const [look, setLook] = useState<Answers['importAbsences'] | null>(null);
  const [isKept, setIsKept] = useState(false);
  const sending = useSend();
  const ask = async (chosen: File, commit: boolean): Promise<void> => {
    setIsKept(false);
    const answer = await sending.send(() => api.importAbsences({ practitionerId, file: chosen, commit }));
    if (!answer) return;
    setLook(answer);
    setIsKept(commit);
    if (commit) onChanged();
  };
  return (
    <details>
      <summary>From another calendar</summary>
      <div class="details-body stack">
        <FileButton
          label="The calendar as a file"
          accept=".ics,text/calendar"
          isDisabled={sending.isSending}
          onChosen={(chosen) => {
            setFile(chosen);
            setLook(null);
            void ask(chosen, false);
          }}
        >
          Choose its .ics file
        </FileButton>
        <RefusalNotice refusal={sending.refusal} />
        {look && file && (
          <>
            <p role="status">
              {isKept
                ? `Done: ${look.created} blocked, ${look.removed} freed.`
                : `${file.name}: ${counted(look.events, 'event')}; ${look.created} would block time and ${look.removed} free it.`}
              {look.appointmentsInTheWay.length > 0 &&
                ` In the way, to be moved: ${counted(look.appointmentsInTheWay.length, 'appointment')}.`}
            </p>
            {look.skipped.length > 0 && (
              <ul class="plain-list">
                {look.skipped.map(({ summary, why }) => (
                  <li key={`${summary} ${why}`}>
                    {summary || 'An event without a name'}: {why}
                  </li>
                ))}
              </ul>
            )}
            {!isKept && (
              <button
                type="button"
                class="button button-solid"
                disabled={sending.isSending}
                onClick={() => void ask(file, true)}
              >
                Block these hours
              </button>
            )}
          </>
        )}
      </div>
    </details>
  );
}
