import { useState } from 'preact/hooks';
import { api } from '../api/api.ts';
import { TextField } from './parts/fields.tsx';
import { Dialog } from './parts/dialog.tsx';
import { RefusalNotice } from './parts/refusal-notice.tsx';
import { SendForm } from './parts/send-form.tsx';
import { useSession } from './parts/session.ts';
import { today } from './parts/time-words.ts';
import { useSend } from './parts/use-send.ts';

/** At the computer itself the sheet is shown; elsewhere it is said how to get it there. */
const isHere = (): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);

/** To the owner, until the key of all records is on paper: a lost computer is else the end of them. */
export function RecoveryPrompt() {
  const { me, studio, reloadStudio } = useSession();
  const [isShown, setIsShown] = useState(false);
  const sending = useSend();
  if (me.role !== 'owner' || me.isDemo || studio.settings.recoverySheetOn !== null) return null;
  const settle = async (): Promise<void> => {
    const settings = { recoverySheetOn: today(studio.timeZone) };
    if (await sending.send(() => api.changeStudio({ settings }))) reloadStudio();
  };
  return (
    <>
      <section class="first-steps" aria-labelledby="recovery-prompt">
        <h2 id="recovery-prompt">Print the recovery sheet</h2>
        <p>
          All records are locked with one key, kept on this studio’s computer. If that computer is lost, a backup opens
          with the key alone: print it, and keep the paper elsewhere.
        </p>
        {!isHere() && (
          <p>
            On the computer that keeps the records: <code>npx stipple recovery-sheet</code>
          </p>
        )}
        <RefusalNotice refusal={sending.refusal} />
        <div class="row">
          {isHere() && (
            <button type="button" class="button" onClick={() => setIsShown(true)}>
              Show the sheet
            </button>
          )}
          <button type="button" class="button" disabled={sending.isSending} onClick={() => void settle()}>
            It is on paper
          </button>
        </div>
      </section>
      {isShown && <RecoverySheet onClose={() => setIsShown(false)} />}
    </>
  );
}

function RecoverySheet({ onClose }: { readonly onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [text, setText] = useState<string | null>(null);
  const sending = useSend();
  const show = async (): Promise<void> => {
    const sheet = await sending.send(() => api.recoverySheet({ password }));
    if (sheet) setText(sheet.text);
  };
  return (
    <Dialog title="Recovery sheet" onClose={onClose}>
      {text === null ? (
        <SendForm sending={sending} action="Show it" onSend={() => void show()}>
          <TextField
            label="Your password, once more"
            type="password"
            autocomplete="current-password"
            value={password}
            onChange={setPassword}
          />
        </SendForm>
      ) : (
        <>
          <pre class="sheet" tabIndex={0}>
            {text}
          </pre>
          <button type="button" class="button button-solid" onClick={() => print()}>
            Print it
          </button>
        </>
      )}
    </Dialog>
  );
}
