import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AreaField, ChoiceField, SelectField, TextField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { goTo, hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { ClientLines } from './client-list.tsx';
import type { ClientLine } from './client-words.ts';
import { presentationOptions } from './presentation-words.ts';

const STATUSES = [
  { value: 'enquiry', label: 'Enquiry' },
  { value: 'active', label: 'Client already' },
] as const;

/** Writes somebody down, and asks first when the studio may know the person already. */
export function NewClient() {
  const [status, setStatus] = useState<'enquiry' | 'active'>('enquiry');
  const [person, setPerson] = useState({ name: '', email: '', phone: '', presentation: '', source: '', notes: '' });
  const [mayBe, setMayBe] = useState<readonly ClientLine[]>([]);
  const sending = useSend();
  const change = (part: Partial<typeof person>): void => {
    setPerson({ ...person, ...part });
    setMayBe([]);
  };
  const create = async (evenIfKnown: boolean): Promise<void> => {
    const { name, email, phone, presentation, source, notes } = person;
    const answer = await sending.send(() =>
      api.createClient({
        status,
        evenIfKnown,
        profile: {
          name,
          email: email.trim() || null,
          phone: phone.trim() || null,
          presentation: presentation || null,
          source,
          notes,
        },
      }),
    );
    if (answer?.id) goTo('clients', answer.id);
    else if (answer) setMayBe(answer.mayBe);
  };
  return (
    <div class="narrow">
      <div class="screen-head">
        <h1>New enquiry</h1>
        <a class="link" href={hrefOf('clients')}>
          Back to the list
        </a>
      </div>
      <div class="card">
        <SendForm sending={sending} action="Keep" onSend={() => void create(false)}>
          <TextField
            label="Name"
            autocomplete="off"
            maxLength={160}
            value={person.name}
            onChange={(name) => change({ name })}
          />
          <div class="form-pair">
            <TextField
              label="E-mail address"
              type="email"
              isOptional
              autocomplete="off"
              value={person.email}
              onChange={(email) => change({ email })}
            />
            <TextField
              label="Telephone"
              type="tel"
              isOptional
              autocomplete="off"
              maxLength={40}
              value={person.phone}
              onChange={(phone) => change({ phone })}
            />
          </div>
          <div class="form-pair">
            <SelectField
              label="Presentation"
              isOptional
              value={person.presentation}
              options={presentationOptions(null)}
              onChange={(presentation) => change({ presentation })}
            />
            <TextField
              label="Heard of the studio from"
              isOptional
              maxLength={200}
              value={person.source}
              onChange={(source) => change({ source })}
            />
          </div>
          <AreaField
            label="What they ask for"
            isOptional
            maxLength={10_000}
            value={person.notes}
            onChange={(notes) => change({ notes })}
          />
          <ChoiceField legend="Where it stands" value={status} options={STATUSES} onChange={setStatus} />
          {mayBe.length > 0 && (
            <div class="warning" role="alert">
              <p>The studio may know this person already. Open the record, or keep this as somebody else.</p>
              <ClientLines lines={mayBe} />
              <button type="button" class="button" disabled={sending.isSending} onClick={() => void create(true)}>
                It is somebody else: keep
              </button>
            </div>
          )}
        </SendForm>
      </div>
    </div>
  );
}
