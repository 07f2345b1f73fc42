import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { api, fileUrl, type Answers } from '../../api/api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { FileButton } from '../parts/file-button.tsx';
import { CheckField, SelectField, TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

type Photo = Answers['photos']['items'][number];
type Consents = Answers['photoConsents'];

const VIEW_WORDS: Readonly<Record<Photo['view'], string>> = {
  front: 'Front',
  'front-bowed': 'Front, head bowed',
  left: 'Left',
  right: 'Right',
  back: 'Back',
  top: 'Top',
  detail: 'Detail',
};
const STAGE_WORDS: Readonly<Record<Photo['stage'], string>> = {
  before: 'Before',
  fresh: 'Fresh, right after',
  healed: 'Healed',
  later: 'Later',
};
const PURPOSES = [
  { purpose: 'treatment', words: 'For the treatment: planning, and comparing later' },
  { purpose: 'teaching', words: 'For teaching other practitioners' },
  { purpose: 'marketing', words: 'For showing to others, such as on the studio’s page' },
] as const;

const optionsOf = <T extends string>(words: Readonly<Record<T, string>>) =>
  (Object.entries(words) as [T, string][]).map(([value, label]) => ({ value, label }));

interface ClientPhotosProps {
  readonly clientId: string;
  readonly mayRemove?: boolean;
}

/** Photos by stage, and what each may be used for: three decisions that never lean on one another. */
export function ClientPhotos({ clientId, mayRemove = false }: ClientPhotosProps) {
  const photos = useLoaded(() => api.photos({ clientId }), [clientId]);
  const consents = useLoaded(() => api.photoConsents({ clientId }), [clientId]);
  const [isAdding, setIsAdding] = useState(false);
  const [shown, setShown] = useState<Photo | null>(null);
  const items = photos.value?.items ?? [];
  return (
    <Panel
      title="Photos"
      note="Kept encrypted, without place and device. Nobody sees them but the studio and the client."
      action={
        <button type="button" class="button" onClick={() => setIsAdding(true)}>
          Add a photo
        </button>
      }
    >
      {consents.value ? (
        <ConsentChecks clientId={clientId} consents={consents.value} onDecided={consents.put} />
      ) : (
        <Waiting refusal={consents.refusal} onAgain={consents.reload} />
      )}
      {!photos.value && <Waiting refusal={photos.refusal} onAgain={photos.reload} />}
      {items.length > 0 && (
        <ul class="photo-grid">
          {items.map((photo) => (
            <li key={photo.id}>
              <button type="button" class="photo-tile" onClick={() => setShown(photo)}>
                <img src={fileUrl(`/photos/${photo.id}/file?size=small`)} alt="" loading="lazy" />
                <span>
                  {VIEW_WORDS[photo.view]}
                  <small>
                    {STAGE_WORDS[photo.stage]}
                    {photo.takenOn && `, ${dayWords(photo.takenOn)}`}
                  </small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {photos.value && items.length === 0 && <p class="hint">None yet.</p>}
      {isAdding && (
        <AddPhoto
          clientId={clientId}
          onClose={() => setIsAdding(false)}
          onAdded={() => {
            setIsAdding(false);
            photos.reload();
          }}
        />
      )}
      {shown && (
        <ShownPhoto
          photo={shown}
          mayRemove={mayRemove}
          onClose={() => setShown(null)}
          onRemoved={() => {
            setShown(null);
            photos.reload();
          }}
        />
      )}
    </Panel>
  );
}

interface ConsentChecksProps {
  readonly clientId: string;
  readonly consents: Consents;
  readonly onDecided: (consents: Consents) => void;
}

function ConsentChecks({ clientId, consents, onDecided }: ConsentChecksProps) {
  const sending = useSend();
  /** Ticked by the finger, not answered yet. */
  const [asked, setAsked] = useState<Partial<Consents>>({});
  const decide = async (purpose: keyof Consents, given: boolean): Promise<void> => {
    setAsked({ [purpose]: given });
    const decided = await sending.send(() => api.decidePhotoConsent({ clientId, purpose, given }));
    if (decided) onDecided(decided);
    setAsked({});
  };
  return (
    <fieldset class="consents">
      <legend class="label">The client agrees to photos</legend>
      {PURPOSES.map(({ purpose, words }) => (
        <CheckField
          key={purpose}
          label={words}
          isOn={asked[purpose] ?? consents[purpose]}
          isDisabled={sending.isSending}
          onChange={(given) => void decide(purpose, given)}
        />
      ))}
      <RefusalNotice refusal={sending.refusal} />
    </fieldset>
  );
}

interface AddPhotoProps {
  readonly clientId: string;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

function AddPhoto({ clientId, onClose, onAdded }: AddPhotoProps) {
  const [file, setFile] = useState<File | null>(null);
  const [view, setView] = useState<Photo['view']>('front-bowed');
  const [stage, setStage] = useState<Photo['stage']>('before');
  const [takenOn, setTakenOn] = useState('');
  const sending = useSend();
  const add = async (): Promise<void> => {
    if (!file) return;
    const asked = { clientId, view, stage, file, ...(takenOn ? { takenOn } : {}) };
    if (await sending.send(() => api.addPhoto(asked))) onAdded();
  };
  return (
    <Dialog title="Add a photo" onClose={onClose}>
      <SendForm sending={sending} action="Keep the photo" isDisabled={!file} onSend={() => void add()}>
        <div class="row">
          <FileButton
            label="The photo as a file"
            accept="image/jpeg,image/png,image/webp,image/heic"
            onChosen={setFile}
          >
            {file ? 'Take another' : 'Choose or take a photo'}
          </FileButton>
          {file && <span class="file-name">{file.name}</span>}
        </div>
        <div class="form-pair">
          <SelectField label="Seen from" value={view} options={optionsOf(VIEW_WORDS)} onChange={setView} />
          <SelectField label="When" value={stage} options={optionsOf(STAGE_WORDS)} onChange={setStage} />
        </div>
        <TextField label="Taken on" type="date" isOptional value={takenOn} onChange={setTakenOn} />
      </SendForm>
    </Dialog>
  );
}

interface ShownPhotoProps {
  readonly photo: Photo;
  readonly mayRemove: boolean;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

function ShownPhoto({ photo, mayRemove, onClose, onRemoved }: ShownPhotoProps) {
  const sending = useSend();
  const [isSure, setIsSure] = useState(false);
  const remove = async (): Promise<void> => {
    if (await sending.send(() => api.removePhoto({ id: photo.id }))) onRemoved();
  };
  const name = `${VIEW_WORDS[photo.view]}, ${STAGE_WORDS[photo.stage].toLowerCase()}`;
  return (
    <Dialog title={name} isWide onClose={onClose}>
      <img class="photo-full" src={fileUrl(`/photos/${photo.id}/file`)} alt={name} />
      <RefusalNotice refusal={sending.refusal} />
      {mayRemove && (
        <div class="row">
          {isSure ? (
            <button
              type="button"
              class="button button-stern"
              disabled={sending.isSending}
              onClick={() => void remove()}
            >
              Delete this photo for good
            </button>
          ) : (
            <button type="button" class="link" onClick={() => setIsSure(true)}>
              Delete …
            </button>
          )}
        </div>
      )}
    </Dialog>
  );
}
