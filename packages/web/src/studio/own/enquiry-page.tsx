import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { EntryPage } from '../entry/entry-page.tsx';
import { AreaField, TextField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

/** The studio's form for enquiries: to be linked from its own site. Needs no sign-in, and shows nothing of anybody. */
export function EnquiryPage({ studioId }: { readonly studioId: string }) {
  const studio = useLoaded(() => api.publicStudio({ studioId }), [studioId]);
  const [isSent, setIsSent] = useState(false);
  useEffect(() => {
    if (studio.value) document.title = `Ask ${studio.value.name}`;
  }, [studio.value]);
  if (!studio.value) {
    return (
      <EntryPage title="Stipple">
        <Waiting refusal={studio.refusal} onAgain={studio.reload} />
      </EntryPage>
    );
  }
  const { name } = studio.value;
  return isSent ? (
    <EntryPage title="Thank you" lead={`${name} has your message and will answer you.`}>
      {null}
    </EntryPage>
  ) : (
    <EntryPage title={`Ask ${name}`} lead="What you write is kept by the studio, sealed, and seen by nobody else.">
      <EnquiryForm studioId={studioId} onSent={() => setIsSent(true)} />
    </EntryPage>
  );
}

interface EnquiryFormProps {
  readonly studioId: string;
  readonly onSent: () => void;
}

function EnquiryForm({ studioId, onSent }: EnquiryFormProps) {
  const [enquiry, setEnquiry] = useState({ name: '', email: '', phone: '', message: '' });
  const sending = useSend();
  const change = (part: Partial<typeof enquiry>): void => setEnquiry({ ...enquiry, ...part });
  const send = async (): Promise<void> => {
    if (await sending.send(() => api.enquire({ studioId, ...enquiry }))) onSent();
  };
  return (
    <SendForm sending={sending} action="Send it" isWide onSend={() => void send()}>
      <TextField
        label="Your name"
        autocomplete="name"
        maxLength={160}
        value={enquiry.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        label="Your e-mail address"
        type="email"
        autocomplete="email"
        value={enquiry.email}
        onChange={(email) => change({ email })}
      />
      <TextField
        label="Your telephone"
        type="tel"
        isOptional
        autocomplete="tel"
        maxLength={40}
        value={enquiry.phone}
        onChange={(phone) => change({ phone })}
      />
      <AreaField
        label="What you would like to know"
        rows={5}
        maxLength={2000}
        value={enquiry.message}
        onChange={(message) => change({ message })}
      />
    </SendForm>
  );
}
