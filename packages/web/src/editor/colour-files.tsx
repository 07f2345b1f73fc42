import { useRef } from 'preact/hooks';
import { FileInput } from './file-input.tsx';
import { Fold } from './fold.tsx';
import type { PlanFormState } from './request-of.ts';
import { saveFile } from './save-file.ts';
import { useColourFiles } from './use-colour-files.ts';

interface ColourFilesProps {
  readonly form: PlanFormState;
  readonly onChange: (form: PlanFormState) => void;
}

/** The studio's pigments and its colour card: with both, shade and dilution are chosen. */
export function ColourFiles({ form, onChange }: ColourFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const { pigments, cardLabs } = form;
  // What is typed while a file is being read stays.
  const latest = useRef(form);
  latest.current = form;
  const { fault, read, printCard } = useColourFiles((answer, fileName) => {
    if (answer.kind === 'card-pdf') saveFile('stipple-card.pdf', 'application/pdf', answer.pdf);
    else if (answer.kind === 'pigments') onChange({ ...latest.current, pigments: { fileName, list: answer.pigments } });
    else onChange({ ...latest.current, cardLabs: { fileName, labs: answer.labs } });
  });
  const known = pigments?.list.filter(({ lab }) => lab !== null).length ?? 0;
  return (
    <Fold
      class="colours"
      summary="Colour card and pigments"
      isNeeded={Boolean(pigments ?? cardLabs) || form.isCardLight}
    >
      <div class="fields">
        <p class="hint">
          With a colour card in a photo, ours or a ColorChecker, skin and hair are measured true. With your own list of
          pigments, shade and dilution are chosen from it: CSV with name, maker, hex (or L, a, b) and dilutions, or
          JSON.
        </p>
        <div class="row">
          <button type="button" class="button" onClick={() => input.current?.click()}>
            {pigments || cardLabs ? 'Another file' : 'Choose a file'}
          </button>
          <button type="button" class="link" onClick={printCard}>
            Card to print
          </button>
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={form.isCardLight}
            onChange={() => onChange({ ...form, isCardLight: !form.isCardLight })}
          />
          The healed pictures in the light of the card, too, among the files
        </label>
        <FileInput
          input={input}
          id="colour-input"
          label="Pigments, or values of the colour card"
          accept=".csv,.json,.txt"
          onChosen={read}
        />
        <div aria-live="polite">
          {pigments && (
            <p class="scan-read file-read">
              <span>
                <strong>{pigments.fileName}</strong>:{' '}
                {pigments.list.length === 1 ? 'one pigment' : `${pigments.list.length} pigments`}, the colour of {known}{' '}
                known.
              </span>
              <button
                type="button"
                class="link"
                aria-label="Remove, the pigments"
                onClick={() => onChange({ ...form, pigments: null })}
              >
                Remove
              </button>
            </p>
          )}
          {cardLabs && (
            <p class="scan-read file-read">
              <span>
                <strong>{cardLabs.fileName}</strong>: the printed card, read.
              </span>
              <button
                type="button"
                class="link"
                aria-label="Remove, the values of the card"
                onClick={() => onChange({ ...form, cardLabs: null })}
              >
                Remove
              </button>
            </p>
          )}
          {fault && (
            <p class="fault" data-code={typeof fault === 'string' ? undefined : fault.code}>
              {typeof fault === 'string'
                ? fault
                : [fault.detail && `${fault.detail}.`, fault.reason, fault.remedy].filter(Boolean).join(' ')}
            </p>
          )}
        </div>
      </div>
    </Fold>
  );
}
