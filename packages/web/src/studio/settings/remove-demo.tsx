import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSend } from '../parts/use-send.ts';

export function RemoveDemo() {
  const [isSure, setIsSure] = useState(false);
  const sending = useSend();
  const remove = async (): Promise<void> => {
    if (await sending.send(() => api.removeDemo())) location.reload();
  };
  return (
    <Panel
      title="Remove the demo studio"
      note="Its invented people, courses and files go; your own studio is not touched."
    >
      <RefusalNotice refusal={sending.refusal} />
      {isSure ? (
        <button type="button" class="button button-stern" disabled={sending.isSending} onClick={() => void remove()}>
          Remove everything in it, for good
        </button>
      ) : (
        <button type="button" class="button" onClick={() => setIsSure(true)}>
          Remove the demo studio …
        </button>
      )}
    </Panel>
  );
}
