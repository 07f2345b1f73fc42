import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { AreaField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { longDay, dayOf, timeWords } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';
import type { OwnChangeProps } from './own-move.tsx';

/** A client gives an appointment up, a day ahead at the latest; the rest of the course stays where it is. */
export function OwnCancel({ appointment, zone, onClose, onDone }: OwnChangeProps) {
  const { id, version, start, n } = appointment;
  const [reason, setReason] = useState('');
  const sending = useSend();
  const cancel = async (): Promise<void> => {
    if (await sending.send(() => api.cancelAppointment({ id, version, reason }))) onDone();
  };
  return (
    <Dialog title="Cancel it" onClose={onClose}>
      <p>
        {longDay(dayOf(start, zone))}, {timeWords(start, zone)}. Its time goes to somebody else
        {n !== null && '; the studio finds another date for this session with you'}.
      </p>
      <SendForm sending={sending} action="Cancel this appointment" isStern onSend={() => void cancel()}>
        <AreaField label="Reason" isOptional rows={2} maxLength={500} value={reason} onChange={setReason} />
      </SendForm>
    </Dialog>
  );
}
