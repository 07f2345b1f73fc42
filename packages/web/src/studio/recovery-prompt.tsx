import { useState } from 'preact/hooks';
import { api } from '../api/api.ts';
import { Dialog } from './parts/dialog.tsx';
import { PasswordAgain } from './parts/password-again.tsx';
import { RefusalNotice } from './parts/refusal-notice.tsx';
import { SendForm } from './parts/send-form.tsx';
import { useSession } from './parts/session.ts';
import { today } from './parts/time-words.ts';
import { useLoaded } from './parts/use-loaded.ts';
import { useSend } from './parts/use-send.ts';

/**
 * To the owner, until the key of all records is on paper: a lost computer is else the end of them.
 *
 * At the computer that keeps them alone, which is where the sheet is shown. A hosted studio's key is its host's.
 */
export function RecoveryPrompt() {
  const { me, studio } = useSession();
  const isDue = me.role === 'owner' && !me.isDemo && studio.settings.recoverySheetOn === null;
  return isDue ? <PromptAtDesk /> : null;
}

function PromptAtDesk() {
  const { studio, reloadStudio } = useSession();
  const status = useLoaded(() => api.status(), []);
  const [isShown, setIsShown] = useState(false);
  const sending = useSend();
  if (!status.value?.isDesk) return null;
  const settle = async (): Promise<void> => {
    const settings = { recoverySheetOn: today(studio.timeZone) };
    if (await sending.send(() => api.changeStudio({ settings }))) reloadStudio();
  };
  return (
    <>
      <section class="first-steps" aria-labelledby="recovery-prompt">
        <h2 id="recovery-prompt">Print the recovery sheet</h2>
        <p>
          All records are locked with one key, kept on this computer. Were it lost, nobody could read them again, not
          even from a backup: print it, and keep the paper elsewhere.
        </p>
        <RefusalNotice refusal={sending.refusal} />
        <div class="row">
          <button type="button" class="button" onClick={() => setIsShown(true)}>
            Show the sheet
          </button>
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
          <PasswordAgain value={password} onChange={setPassword} />
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
