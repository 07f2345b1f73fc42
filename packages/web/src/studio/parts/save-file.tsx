import type { ComponentChildren } from 'preact';
import { RefusalNotice } from './refusal-notice.tsx';
import { useSend } from './use-send.ts';

interface SaveFileProps {
  readonly call: () => Promise<File | Blob>;
  /** For a file that comes without one. */
  readonly name: string;
  readonly children: ComponentChildren;
}

/** Fetches a file and hands it to the browser to keep; what stands against it is said here, not in a saved error. */
export function SaveFile({ call, name, children }: SaveFileProps) {
  const sending = useSend();
  const save = async (): Promise<void> => {
    const file = await sending.send(call);
    if (!file) return;
    const url = URL.createObjectURL(file);
    const link = document.createElement('a');
    link.href = url;
    link.download = file instanceof File && file.name !== 'blob' ? file.name : name;
    link.click();
    // The browser has taken its own reference long before.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  };
  return (
    <>
      <button type="button" class="link" disabled={sending.isSending} onClick={() => void save()}>
        {children}
      </button>
      <RefusalNotice refusal={sending.refusal} />
    </>
  );
}
