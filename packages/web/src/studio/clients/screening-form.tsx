import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { AreaField, CheckField, ChoiceField, TextField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSend } from '../parts/use-send.ts';
import type { Screening } from './client-words.ts';

type Questions = Answers['questions'];
type Question = Questions['questions'][number];
/** By question id, in the words of the questionnaire: yes, no, a choice, a day, unknown, refused. */
export type ScreeningAnswers = Readonly<Record<string, string>>;

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'refused', label: 'Rather not say' },
] as const;

interface ScreeningFormProps {
  readonly clientId: string;
  readonly asked: Questions;
  readonly onDone: (screening: Screening) => void;
}

/** The questions about health, in the version the studio asks today. One that hangs on another appears with it. */
export function ScreeningForm({ clientId, asked, onDone }: ScreeningFormProps) {
  const [answers, setAnswers] = useState<ScreeningAnswers>({});
  const sending = useSend();
  const shown = asked.questions.filter((question) => isAsked(question, answers));
  const open = shown.filter(({ id }) => !answers[id]).length;
  const send = async (): Promise<void> => {
    const given = Object.fromEntries(shown.map(({ id }) => [id, answers[id] ?? '']));
    const screening = await sending.send(() => api.screen({ clientId, askedVersion: asked.version, answers: given }));
    if (screening) onDone(screening);
  };
  return (
    <SendForm sending={sending} action="Keep the answers" isDisabled={open > 0} onSend={() => void send()}>
      <ol class="questions">
        {shown.map((question) => (
          <li key={question.id} class={question.when ? 'question-under' : ''}>
            <OneQuestion
              question={question}
              answer={answers[question.id] ?? ''}
              onAnswer={(answer) => setAnswers({ ...answers, [question.id]: answer })}
            />
          </li>
        ))}
      </ol>
      {open > 0 && <p class="hint">{open === 1 ? 'One question is open.' : `${open} questions are open.`}</p>}
    </SendForm>
  );
}

/** A question with a condition is asked when the other one was answered so. */
export const isAsked = ({ when }: Pick<Question, 'when'>, answers: ScreeningAnswers): boolean =>
  when === null || answers[when.question] === when.answer;

interface OneQuestionProps {
  readonly question: Question;
  /** '' while there is none. */
  readonly answer: string;
  readonly onAnswer: (answer: string) => void;
}

function OneQuestion({ question, answer, onAnswer }: OneQuestionProps) {
  const { text, help, kind, choices } = question;
  switch (kind) {
    case 'yes-no':
    case 'choice':
      return (
        <>
          <ChoiceField<string>
            legend={text}
            value={answer || null}
            options={kind === 'yes-no' ? YES_NO : choices.map((choice) => ({ value: choice.id, label: choice.text }))}
            onChange={onAnswer}
          />
          {help && <p class="hint">{help}</p>}
        </>
      );
    case 'day':
      return (
        <>
          <TextField
            label={text}
            hint={help}
            type="date"
            width="medium"
            isDisabled={answer === 'unknown'}
            value={answer === 'unknown' ? '' : answer}
            onChange={onAnswer}
          />
          <CheckField
            label="The day is not known"
            isOn={answer === 'unknown'}
            onChange={(isOn) => onAnswer(isOn ? 'unknown' : '')}
          />
        </>
      );
    case 'text':
      return <AreaField label={text} hint={help} value={answer} maxLength={1000} onChange={onAnswer} />;
  }
}
