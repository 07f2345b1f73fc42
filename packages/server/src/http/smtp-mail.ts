/**
 * Mail by SMTP_URL. What could not be sent is said in the log, without the address.
 *
 * `smtps:` is encrypted from the start. `smtp:` has to become so (STARTTLS) before a name, a password or a letter is
 * sent, because letters carry links that open accounts; a server on this computer need not. Whoever wants otherwise
 * says so in the address: `?requireTLS=false`.
 */
import { createTransport } from 'nodemailer';
import type { Letter, Mail } from '../request/mail.ts';

const PATIENCE_MS = 10_000;
const ON_THIS_COMPUTER = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** @param onFailure is told the reason, never to whom */
export function smtpMail(
  smtpUrl: string,
  from: string,
  onFailure: (why: string) => void,
  patienceMs = PATIENCE_MS,
): Mail {
  const transport = createTransport(
    {
      // What the address says itself goes before what follows.
      url: smtpUrl,
      requireTLS: !ON_THIS_COMPUTER.test(new URL(smtpUrl).hostname),
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
    },
    { from },
  );
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
