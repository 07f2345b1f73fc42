import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { FileButton } from '../parts/file-button.tsx';
import { SelectField, TextField } from '../parts/fields.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { SKILL_WORDS, useSession, zoneIn, type Practitioner } from '../parts/session.ts';
import { today } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';

type Certificate = Practitioner['certificates'][number];

const FOR: readonly { readonly value: Certificate['skill']; readonly label: string }[] = [
  { value: 'smp', label: 'All work' },
  ...(Object.entries(SKILL_WORDS) as [Exclude<Certificate['skill'], 'smp'>, string][]).map(([value, label]) => ({
    value,
    label,
  })),
];

/** What a practitioner has been certified for, until when, and the proof of it. */
export function Certificates({ practitioner }: { readonly practitioner: Practitioner }) {
  const { studio } = useSession();
  const [isAdding, setIsAdding] = useState(false);
  const now = today(zoneIn(studio, practitioner.locationId));
  return (
    <div class="stack">
      <h3>Certificates</h3>
      {practitioner.certificates.length === 0 && <p class="hint">None yet: nothing can be booked without one.</p>}
      <ul class="plain-list">
        {practitioner.certificates.map((certificate) => (
          <CertificateLine key={certificate.id} certificate={certificate} isExpired={certificate.expiresOn < now} />
        ))}
      </ul>
      {isAdding ? (
        <AddCertificate practitionerId={practitioner.id} onDone={() => setIsAdding(false)} />
      ) : (
        <button type="button" class="button" onClick={() => setIsAdding(true)}>
          Add a certificate
        </button>
      )}
    </div>
  );
}

interface CertificateLineProps {
  readonly certificate: Certificate;
  readonly isExpired: boolean;
}

function CertificateLine({ certificate, isExpired }: CertificateLineProps) {
  const { reloadStudio } = useSession();
  const sending = useSend();
  const { id, title, issuer, number, skill, issuedOn, expiresOn, hasProof } = certificate;
  const remove = async (): Promise<void> => {
    if (await sending.send(() => api.removeCertificate({ id }))) reloadStudio();
  };
  return (
    <li class="row">
      <span>
        <strong>{title}</strong>, {issuer}
        {number && `, no. ${number}`} <small>{FOR.find(({ value }) => value === skill)?.label}</small>
        <br />
        <span class={isExpired ? 'overdue' : ''}>
          {dayWords(issuedOn)} to {dayWords(expiresOn)}
          {isExpired && ': expired'}
        </span>
      </span>
      {hasProof ? (
        <SaveFile name="certificate" call={() => api.certificateProof({ id })}>
          Proof
        </SaveFile>
      ) : (
        <small>no proof on file</small>
      )}
      <button type="button" class="link" disabled={sending.isSending} onClick={() => void remove()}>
        Remove
      </button>
      {sending.refusal && <span class="fault">{sending.refusal.reason}</span>}
    </li>
  );
}

interface AddCertificateProps {
  readonly practitionerId: string;
  readonly onDone: () => void;
}

function AddCertificate({ practitionerId, onDone }: AddCertificateProps) {
  const { reloadStudio } = useSession();
  const [of, setOf] = useState({
    skill: 'smp' as Certificate['skill'],
    title: '',
    issuer: '',
    number: '',
    issuedOn: '',
    expiresOn: '',
  });
  const [proof, setProof] = useState<File | null>(null);
  const sending = useSend();
  const change = (part: Partial<typeof of>): void => setOf({ ...of, ...part });
  const add = async (): Promise<void> => {
    const kept = await sending.send(() => api.addCertificate({ practitionerId, ...of, ...(proof ? { proof } : {}) }));
    if (!kept) return;
    reloadStudio();
    onDone();
  };
  return (
    <SendForm
      sending={sending}
      action="Keep the certificate"
      onSend={() => void add()}
      aside={
        <button type="button" class="link" onClick={onDone}>
          Leave it
        </button>
      }
    >
      <div class="form-pair">
        <TextField label="Title" maxLength={200} value={of.title} onChange={(title) => change({ title })} />
        <TextField label="Issued by" maxLength={200} value={of.issuer} onChange={(issuer) => change({ issuer })} />
        <TextField
          label="Number"
          isOptional
          maxLength={100}
          value={of.number}
          onChange={(number) => change({ number })}
        />
        <SelectField label="For" value={of.skill} options={FOR} onChange={(skill) => change({ skill })} />
        <TextField label="Issued on" type="date" value={of.issuedOn} onChange={(issuedOn) => change({ issuedOn })} />
        <TextField
          label="Expires on"
          type="date"
          min={of.issuedOn}
          value={of.expiresOn}
          onChange={(expiresOn) => change({ expiresOn })}
        />
      </div>
      <div class="row">
        <FileButton label="The certificate as a file" accept="application/pdf,image/jpeg,image/png" onChosen={setProof}>
          {proof ? 'Another file' : 'Add the proof (PDF or photo)'}
        </FileButton>
        {proof && <span class="file-name">{proof.name}</span>}
      </div>
    </SendForm>
  );
}
