/** Mail by SMTP_URL. What could not be sent is said in the log, without the address. */
import { createTransport } from 'nodemailer';
import type { Letter, Mail } from '../request/mail.ts';

const PATIENCE_MS = 10_000;

/** @param onFailure is told the reason, never to whom */
export function smtpMail(smtpUrl: string, from: string, onFailure: (why: string) => void): Mail {
  const transport = createTransport(smtpUrl, {
    from,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  } as object);
  const send = async ({ to, subject, text }: Letter): Promise<boolean> => {
    try {
      await transport.sendMail({ to: { name: '', address: to }, subject, text });
      return true;
    } catch (error) {
      onFailure((error as { code?: string }).code ?? (error as Error).name);
      return false;
    }
  };
  return { send, post: (letter) => void send(letter) };
}
