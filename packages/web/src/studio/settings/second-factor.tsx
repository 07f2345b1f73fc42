import { useState } from 'preact/hooks';
import { encode } from 'uqr';
import { api, type Answers } from '../../api/api.ts';
import { TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { PasswordAgain } from '../parts/password-again.tsx';
import { SendForm } from '../parts/send-form.tsx';
import type { Me } from '../parts/session.ts';
import { useSend } from '../parts/use-send.ts';

interface SecondFactorProps {
  readonly me: Me;
  readonly onChanged: () => void;
}

/** Codes of an authenticator app beside the password. */
export function SecondFactor({ me, onChanged }: SecondFactorProps) {
  const [step, setStep] = useState<'rest' | 'password' | 'remove'>('rest');
  const [secret, setSecret] = useState<Answers['startTotp'] | null>(null);
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);
  return (
    <Panel
      title="Second factor"
      note={
        me.totp
          ? 'On: signing in asks for a code of your authenticator app.'
          : 'Off. With it, a stolen password alone opens nothing.'
      }
    >
      {recovery && <RecoveryCodes codes={recovery} onKept={() => setRecovery(null)} />}
      {step === 'rest' && !recovery && (
        <button type="button" class="button" onClick={() => setStep(me.totp ? 'remove' : 'password')}>
          {me.totp ? 'Turn it off …' : 'Turn it on'}
        </button>
      )}
      {step === 'password' && !secret && <AskPassword onStarted={setSecret} onLeave={() => setStep('rest')} />}
      {step === 'password' && secret && (
        <ConfirmCode
          secret={secret}
          onConfirmed={(codes) => {
            setRecovery(codes);
            setSecret(null);
            setStep('rest');
            onChanged();
          }}
        />
      )}
      {step === 'remove' && (
        <RemoveCodes
          onRemoved={() => {
            setStep('rest');
            onChanged();
          }}
          onLeave={() => setStep('rest')}
        />
      )}
    </Panel>
  );
}

const Leave = ({ onLeave }: { readonly onLeave: () => void }) => (
  <button type="button" class="link" onClick={onLeave}>
    Leave it
  </button>
);

interface AskPasswordProps {
  readonly onStarted: (secret: Answers['startTotp']) => void;
  readonly onLeave: () => void;
}

function AskPassword({ onStarted, onLeave }: AskPasswordProps) {
  const [password, setPassword] = useState('');
  const sending = useSend();
  const start = async (): Promise<void> => {
    const secret = await sending.send(() => api.startTotp({ password }));
    if (secret) onStarted(secret);
  };
  return (
    <SendForm sending={sending} action="Go on" onSend={() => void start()} aside={<Leave onLeave={onLeave} />}>
      <PasswordAgain value={password} onChange={setPassword} />
    </SendForm>
  );
}

interface ConfirmCodeProps {
  readonly secret: Answers['startTotp'];
  readonly onConfirmed: (recoveryCodes: readonly string[]) => void;
}

function ConfirmCode({ secret, onConfirmed }: ConfirmCodeProps) {
  const [code, setCode] = useState('');
  const sending = useSend();
  const confirm = async (): Promise<void> => {
    const answer = await sending.send(() => api.confirmTotp({ code: code.replace(/\s/g, '') }));
    if (answer) onConfirmed(answer.recoveryCodes);
  };
  return (
    <div class="stack">
      <p>Scan this with your authenticator app, then type the code it shows.</p>
      <QrCode text={secret.uri} label="The secret as a QR code" />
      <p class="hint">
        Or type it in: <code class="secret-text">{secret.secret}</code>
      </p>
      <SendForm sending={sending} action="Turn it on" onSend={() => void confirm()}>
        <TextField
          label="Code"
          width="medium"
          inputMode="numeric"
          autocomplete="one-time-code"
          value={code}
          onChange={setCode}
        />
      </SendForm>
    </div>
  );
}

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onKept: () => void;
}

function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  return (
    <div class="secret" role="status">
      <p>Write these down and keep them apart from your telephone. Each signs you in once, without the app.</p>
      <ul class="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <button type="button" class="button" onClick={onKept}>
        I have them
      </button>
    </div>
  );
}

interface RemoveCodesProps {
  readonly onRemoved: () => void;
  readonly onLeave: () => void;
}

function RemoveCodes({ onRemoved, onLeave }: RemoveCodesProps) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const sending = useSend();
  const remove = async (): Promise<void> => {
    if (await sending.send(() => api.removeTotp({ password, code }))) onRemoved();
  };
  return (
    <SendForm sending={sending} action="Turn it off" onSend={() => void remove()} aside={<Leave onLeave={onLeave} />}>
      <TextField
        label="Your password"
        type="password"
        autocomplete="current-password"
        value={password}
        onChange={setPassword}
      />
      <TextField label="A code, or a recovery code" autocomplete="one-time-code" value={code} onChange={setCode} />
    </SendForm>
  );
}

/** Drawn here, in this browser: the secret goes to nobody. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, data } = encode(text);
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg class="qr" viewBox={`-2 -2 ${size + 4} ${size + 4}`} role="img" aria-label={label}>
      <rect x="-2" y="-2" width={size + 4} height={size + 4} fill="#fff" />
      <path d={path} />
    </svg>
  );
}
