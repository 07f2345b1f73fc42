import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import type { QuoteRequest } from '@stipple/core/quote/quote-course.ts';
import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { BlackOutFields } from '../courses/black-out-fields.tsx';
import { choicesOf, proposalsIn, type BlackOut, type Proposal } from '../courses/course-words.ts';
import { ProposalCards, Relaxations } from '../courses/proposal-cards.tsx';
import { useProposals } from '../courses/use-proposals.ts';
import { Dialog } from '../parts/dialog.tsx';
import { SelectField, TextField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { today } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';

type Quote = Answers['quotes']['items'][number];
type Place = Answers['clientCourses']['places'][number];

/** What the quote was asked for, as it is printed with it. */
export const requestOf = ({ printed }: Pick<Quote, 'printed'>) =>
  printed['request'] as Pick<QuoteRequest, 'style' | 'sessions'>;

interface OwnBookProps {
  readonly clientId: string;
  /** Accepted: it says what for, how many sessions, and by its plan how long they are. */
  readonly quote: Quote;
  readonly places: readonly Place[];
  readonly onClose: () => void;
  readonly onBooked: () => void;
}

/** A client books the course of an accepted quote: the days to keep clear of, sets of dates, all sessions of one. */
export function OwnBook({ clientId, quote, places, onClose, onBooked }: OwnBookProps) {
  const [locationId, setLocationId] = useState(places[0]?.id ?? '');
  const [earliest, setEarliest] = useState('');
  const [blackOuts, setBlackOuts] = useState<readonly BlackOut[]>([]);
  const proposals = useProposals();
  const { found, chosen } = proposals;
  const asking = useSend();
  const booking = useSend();
  const timeZone = places.find(({ id }) => id === locationId)?.timeZone ?? 'UTC';
  const now: PlainDay = today(timeZone);
  const { style, sessions } = requestOf(quote);
  const wish = { clientId, locationId, quoteId: quote.id, skill: style, sessions, blackOuts: [...blackOuts] };

  const forget = (): void => {
    proposals.forget();
    booking.clear();
  };
  const ask = async (): Promise<void> => {
    forget();
    const answer = await asking.send(() => api.proposeCourse({ ...wish, ...(earliest ? { earliest } : {}) }));
    if (answer) proposals.show(answer);
  };
  const book = async (proposal: Proposal): Promise<void> => {
    if (await booking.send(() => api.bookCourse({ ...wish, choices: choicesOf(proposal) }))) onBooked();
  };
  const others = proposalsIn(booking.refusal?.data);
  return (
    <Dialog title="Book your course" isWide onClose={onClose}>
      <SendForm sending={asking} action="Find dates" isDisabled={locationId === ''} onSend={() => void ask()}>
        {places.length > 1 && (
          <SelectField
            label="Where"
            value={locationId}
            options={places.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => {
              setLocationId(id);
              forget();
            }}
          />
        )}
        <TextField
          label="Not before"
          type="date"
          isOptional
          width="medium"
          min={now}
          value={earliest}
          onChange={(day) => {
            setEarliest(day);
            forget();
          }}
        />
        <BlackOutFields
          blackOuts={blackOuts}
          today={now}
          onChange={(days) => {
            setBlackOuts(days);
            forget();
          }}
        />
      </SendForm>
      <div class="stack" aria-live="polite">
        {found && found.proposals.length === 0 && <Relaxations relax={found.relax} timeZone={timeZone} />}
        {found && found.proposals.length > 0 && (
          <>
            <ProposalCards
              proposals={found.proposals}
              timeZone={timeZone}
              chosen={chosen}
              onChoose={proposals.choose}
            />
            <RefusalNotice refusal={booking.refusal}>
              {others && (
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    booking.clear();
                    proposals.show(others);
                  }}
                >
                  Show other dates
                </button>
              )}
            </RefusalNotice>
            <button
              type="button"
              class="button button-solid"
              disabled={!chosen || booking.isSending}
              onClick={() => chosen && void book(chosen)}
            >
              Book all {chosen?.sessions.length} sessions
            </button>
          </>
        )}
      </div>
    </Dialog>
  );
}
