import { useState } from 'preact/hooks';
import type { DrawnOnPhoto } from '../workers/plan-messages.ts';
import { readingNumber, remove, resize, type MarkSession } from './mark-session.ts';
import { MARK_WORDS, sizeOf, type SizeKind } from './mark-words.ts';

interface MarkListProps {
  readonly session: MarkSession;
  readonly onSession: (session: MarkSession) => void;
}

interface Row {
  readonly list: 'marks' | 'distances';
  readonly item: number;
  readonly label: string;
  readonly size: { readonly kind: SizeKind; readonly mm: number } | null;
}

function rowsOf({ distances, marks }: DrawnOnPhoto): Row[] {
  return [
    ...marks.map((mark, item): Row => {
      const size =
        'diameterMm' in mark
          ? ({ kind: 'diameter', mm: mark.diameterMm } as const)
          : 'widthMm' in mark
            ? ({ kind: 'width', mm: mark.widthMm } as const)
            : null;
      const number = readingNumber(marks, item);
      const label = `${MARK_WORDS[mark.kind].label}${number === null ? '' : ` ${number}`}`;
      return { list: 'marks', item, label, size };
    }),
    ...distances.map(({ mm }, item): Row => ({
      list: 'distances',
      item,
      label: 'Known distance',
      size: { kind: 'distance', mm },
    })),
  ];
}

/** Everything that is marked but the points, with its size to be set right and a way to take it off. */
export function MarkList({ session, onSession }: MarkListProps) {
  const rows = rowsOf(session.drawn);
  if (rows.length === 0) return null;
  return (
    <section class="mark-list" aria-labelledby="mark-list-title">
      <h3 id="mark-list-title">Marked</h3>
      <ul>
        {rows.map(({ list, item, label, size }) => (
          <li key={`${list}-${item}`}>
            <span>{label}</span>
            {size && (
              <SizeField
                key={size.mm}
                what={label}
                kind={size.kind}
                mm={size.mm}
                onSize={(mm) => onSession(resize(session, list, item, mm))}
              />
            )}
            <button
              type="button"
              class="link"
              aria-label={`Remove, ${label}`}
              onClick={() => onSession(remove(session, list, item))}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SizeFieldProps {
  readonly what: string;
  readonly kind: SizeKind;
  readonly mm: number;
  readonly onSize: (mm: number) => void;
}

function SizeField({ what, kind, mm, onSize }: SizeFieldProps) {
  const [text, setText] = useState(String(mm));
  const typed = sizeOf(kind, text);
  return (
    <label class="size-field">
      <span class="visually-hidden">
        {what}, {kind === 'distance' ? 'length' : kind} in mm
      </span>
      <input
        inputMode="decimal"
        autocomplete="off"
        value={text}
        aria-invalid={typed === null}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={() => typed !== null && typed !== mm && onSize(typed)}
      />{' '}
      mm
    </label>
  );
}
