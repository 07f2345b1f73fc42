/**
 * The letter a client takes to a doctor when the screening asks for one: what the studio intends, what the client
 * said, and what it asks the doctor. Paragraphs of plain text; the shell sets them on paper.
 *
 * Quotes questions and answers as they stood. Names no illness the client did not name, proposes none, and asks for no
 * change of a medicine.
 */
import type { PlainDay } from '../calendar/plain-day.ts';
import { questionnaireOf, type Answers, type Screening } from './screen-client.ts';

export interface LetterParties {
  readonly clientName: string;
  readonly clientBornOn: PlainDay | null;
  readonly studioName: string;
  /** Address and telephone, a line each. */
  readonly studioLines: readonly string[];
  readonly day: PlainDay;
}

export interface ReferralLetter {
  readonly senderLines: readonly string[];
  readonly day: PlainDay;
  readonly subject: string;
  readonly salutation: string;
  readonly paragraphs: readonly string[];
  /** What the client said, a line each, to stand between the paragraphs and the requests. */
  readonly answers: readonly string[];
  /** What the doctor is asked, each with room to answer. */
  readonly requests: readonly string[];
  readonly closing: string;
}

/** The letter for a screening; null when no doctor is asked. */
export function referralLetter(screening: Screening, answers: Answers, parties: LetterParties): ReferralLetter | null {
  const forDoctor = screening.findings.filter(({ isReferral, outcome }) => isReferral || outcome === 'note');
  if (forDoctor.length === 0) return null;
  const { questions } = questionnaireOf(screening.version);
  const said = forDoctor.flatMap(({ questionId }) => {
    const question = questions.find(({ id }) => id === questionId);
    return question ? [`${question.text} ${capitalised(String(answers[question.id]))}.`] : [];
  });
  const born = parties.clientBornOn ? `, born ${parties.clientBornOn}` : '';
  const isSpotOrLoss = forDoctor.some(({ isReferral }) => isReferral);
  return {
    senderLines: [parties.studioName, ...parties.studioLines],
    day: parties.day,
    subject: `${parties.clientName}${born}`,
    salutation: 'Dear doctor,',
    paragraphs: [
      'your patient has asked us for scalp micropigmentation: small dots of cosmetic pigment, placed in the upper dermis of the scalp by needle, in several sessions of some hours each. The skin is numbed with a cream or spray sold over the counter, where the client wishes it.',
      `We are not doctors and make no diagnosis. We asked some questions on ${screening.screenedOn} and wait for your view before we book a session. Your patient answered:`,
    ],
    answers: said,
    requests: [
      ...(isSpotOrLoss
        ? ['Have you examined the scalp, and is anything there that should be treated or watched first?']
        : []),
      'Does anything you know speak against many small wounds in the scalp, or against pigment that stays in the skin?',
      'Should we wait, and until when?',
      'Is there anything we should do or leave out, during a session or afterwards?',
    ],
    closing: `A short answer on this letter is enough; ${parties.clientName} will bring it to us. Thank you.`,
  };
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
