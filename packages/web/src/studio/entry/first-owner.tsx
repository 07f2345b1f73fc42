import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { SelectField, TextField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { EntryPage } from './entry-page.tsx';
import { PasswordField } from './password-field.tsx';
import { DemoButton } from './sign-in.tsx';
import { CURRENCIES, timeZones } from './places-of-the-world.ts';

interface FirstOwnerProps {
  readonly link: string;
  readonly onSignedIn: () => void;
}

/** Sets up the studio, once, by the link printed at the first start. */
export function FirstOwner({ link, onSignedIn }: FirstOwnerProps) {
  const [owner, setOwner] = useState({
    studioName: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: 'USD',
    name: '',
    email: '',
    password: '',
  });
  const sending = useSend();
  const change = (part: Partial<typeof owner>): void => setOwner({ ...owner, ...part });
  const create = async (): Promise<void> => {
    const answer = await sending.send(() => api.createOwner({ ...owner, link }));
    if (answer?.signedIn) onSignedIn();
  };
  return (
    <EntryPage
      title="Set up your studio"
      lead="You become its owner. Everything stays on this computer; places, people and prices come next and can be changed at any time."
    >
      <SendForm sending={sending} action="Set up the studio" isWide onSend={() => void create()}>
        <TextField
          label="Name of the studio"
          autocomplete="organization"
          maxLength={120}
          value={owner.studioName}
          onChange={(studioName) => change({ studioName })}
        />
        <div class="form-pair">
          <SelectField
            label="Time zone"
            value={owner.timeZone}
            options={timeZones(owner.timeZone)}
            onChange={(timeZone) => change({ timeZone })}
          />
          <SelectField
            label="Currency"
            value={owner.currency}
            options={CURRENCIES}
            onChange={(currency) => change({ currency })}
          />
        </div>
        <TextField
          label="Your name"
          autocomplete="name"
          maxLength={120}
          value={owner.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          label="Your e-mail address"
          type="email"
          autocomplete="username"
          value={owner.email}
          onChange={(email) => change({ email })}
        />
        <PasswordField value={owner.password} onChange={(password) => change({ password })} />
      </SendForm>
    </EntryPage>
  );
}

/** The link of the first start, once there is an owner. */
export const LinkUsed = () => (
  <EntryPage title="This link has been used" lead="The studio is set up. Whoever works in it signs in.">
    <a class="button button-solid" href={hrefOf()}>
      Sign in
    </a>
  </EntryPage>
);

interface NoOwnerYetProps {
  readonly hasDemo: boolean;
  readonly onSignedIn: () => void;
}

/** Before there is an owner, to whoever comes without the link. */
export function NoOwnerYet({ hasDemo, onSignedIn }: NoOwnerYetProps) {
  return (
    <EntryPage
      title="This studio has no owner yet"
      lead="Where Stipple was started, it printed a link that sets up the studio. Open that link. It prints it again at every start until it has been used."
    >
      {hasDemo && <DemoButton onSignedIn={onSignedIn} />}
      <p class="entry-links">
        <a href="/">Plan from a photo, without a studio</a>
      </p>
    </EntryPage>
  );
}
