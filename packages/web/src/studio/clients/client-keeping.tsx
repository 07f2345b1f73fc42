import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSession } from '../parts/session.ts';
import { goTo } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import type { Client } from './client-words.ts';

/** What the person may ask of the studio: all that is kept, as a file; and that it be erased. */
export function ClientKeeping({ client }: { readonly client: Client }) {
  const { me } = useSession();
  const [isErasing, setIsErasing] = useState(false);
  return (
    <Panel title="Their data">
      <div class="row">
        <SaveFile name="client.zip" call={() => api.exportClient({ id: client.id })}>
          Everything as a ZIP
        </SaveFile>
        {me.role === 'owner' && (
          <button type="button" class="link link-stern" onClick={() => setIsErasing(true)}>
            Erase …
          </button>
        )}
      </div>
      {isErasing && <EraseDialog client={client} onClose={() => setIsErasing(false)} />}
    </Panel>
  );
}

function EraseDialog({ client, onClose }: { readonly client: Client; readonly onClose: () => void }) {
  const [confirmName, setConfirmName] = useState('');
  const [kept, setKept] = useState<Answers['eraseClient']['kept'] | null>(null);
  const sending = useSend();
  const erase = async (): Promise<void> => {
    const answer = await sending.send(() => api.eraseClient({ id: client.id, confirmName }));
    if (answer) setKept(answer.kept);
  };
  if (kept) {
    const outOfReach = kept.filter(({ until }) => until === null);
    const byLaw = kept.flatMap(({ until, ...rest }) => (until === null ? [] : [{ ...rest, until }]));
    return (
      <Dialog title="Erased" onClose={() => goTo('clients')}>
        <p>
          Profile, photos and plans can no longer be read by anybody
          {outOfReach.length > 0 ? ', but for this:' : ', in backups neither.'}
        </p>
        {outOfReach.map(({ what, why }) => (
          <p key={what} class="fault">
            {what}: {why}.
          </p>
        ))}
        {byLaw.length > 0 && (
          <>
            <p>Kept sealed, because the law asks for it:</p>
            <ul class="plain-list">
              {byLaw.map(({ what, until, why }) => (
                <li key={what}>
                  {what} until {dayWords(until)}: {why}
                </li>
              ))}
            </ul>
          </>
        )}
        <button type="button" class="button" onClick={() => goTo('clients')}>
          Back to the list
        </button>
      </Dialog>
    );
  }
  return (
    <Dialog title={`Erase ${client.profile.name}`} onClose={onClose}>
      <p>
        Destroys the key of profile, photos and plans. Nothing brings them back, no backup either. What the law asks to
        be kept stays sealed until its time is over.
      </p>
      <SendForm sending={sending} action="Erase for good" isStern onSend={() => void erase()}>
        <TextField
          label={`Type the name, ${client.profile.name}, to confirm`}
          autocomplete="off"
          value={confirmName}
          onChange={setConfirmName}
        />
      </SendForm>
    </Dialog>
  );
}
