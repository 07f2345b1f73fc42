import type { ComponentChildren } from 'preact';
import type { Sending } from './use-send.ts';
import { RefusalNotice } from './refusal-notice.tsx';

interface SendFormProps {
  readonly sending: Sending;
  /** The verb: 'Keep', 'Invite'. */
  readonly action: string;
  readonly onSend: () => void;
  readonly children: ComponentChildren;
  readonly isWide?: boolean;
  /** For what cannot be undone. */
  readonly isStern?: boolean;
  readonly isDisabled?: boolean;
  /** Beside the button: a way out. */
  readonly aside?: ComponentChildren;
  /** More about a refusal, such as other free hours. */
  readonly onRefused?: ComponentChildren;
}

/** Fields, why they were refused, and one button. What was typed stays until it has arrived. */
export function SendForm(props: SendFormProps) {
  const { sending, action, onSend, children, isWide, isStern, isDisabled, aside, onRefused } = props;
  const look = isWide ? 'button-main' : isStern ? 'button-stern' : 'button-solid';
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
      <RefusalNotice refusal={sending.refusal}>{onRefused}</RefusalNotice>
      <div class="row form-end">
        <button class={`button ${look}`} disabled={sending.isSending || isDisabled}>
          {sending.isSending ? 'One moment …' : action}
        </button>
        {aside}
      </div>
    </form>
  );
}
