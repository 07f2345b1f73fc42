import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { SendForm } from '../parts/send-form.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSession, zoneIn } from '../parts/session.ts';
import { minuteOfClock, today } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { goTo, hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import { choicesOf, proposalsIn, type Proposal } from './course-words.ts';
import { plannedHours } from './plan-of-course.ts';
import { ProposalCards, Relaxations } from './proposal-cards.tsx';
import { useCourseWish, wishOf } from './use-course-wish.ts';
import { useProposals } from './use-proposals.ts';
import { WishFields } from './wish-fields.tsx';

interface BookCourseProps {
  readonly clientId: string;
  readonly quoteId: string | null;
}

/**
 * Books a course: what it has to fit around, the best few sets of dates, one of them, all sessions at once.
 *
 * When somebody was faster, nothing is booked; the server brings other dates and they take the place of the old ones.
 */
export function BookCourse({ clientId, quoteId }: BookCourseProps) {
  const { studio } = useSession();
  const client = useLoaded(() => api.client({ id: clientId }), [clientId]);
  const gate = useLoaded(() => api.bookableSkills({ clientId }), [clientId]);
  const planned = useLoaded(async () => ({ hours: await plannedHours(clientId, quoteId) }), [clientId, quoteId]);
  const proposals = useProposals();
  const { found, chosen } = proposals;
  const { wish, change } = useCourseWish({ locationId: studio.locations.find(({ active }) => active)?.id ?? '' });
  const proposing = useSend();
  const booking = useSend();
  const results = useRef<HTMLDivElement>(null);
  const timeZone = zoneIn(studio, wish.locationId);

  useEffect(() => {
    if (found) results.current?.scrollIntoView({ block: 'start' });
  }, [found]);

  const changeWish = (part: Partial<typeof wish>): void => {
    change(part);
    proposals.forget();
    booking.clear();
  };
  const propose = async (): Promise<void> => {
    booking.clear();
    const answer = await proposing.send(() =>
      api.proposeCourse({
        clientId,
        locationId: wish.locationId,
        ...wishOf(wish, minuteOfClock, planned.value?.hours),
        ...(wish.earliest ? { earliest: wish.earliest } : {}),
        ...(wish.practitionerId ? { practitionerId: wish.practitionerId } : {}),
      }),
    );
    if (answer) proposals.show(answer);
  };
  const book = async (proposal: Proposal): Promise<void> => {
    const course = await booking.send(() =>
      api.bookCourse({
        clientId,
        locationId: wish.locationId,
        ...wishOf(wish, minuteOfClock, planned.value?.hours),
        ...(quoteId ? { quoteId } : {}),
        choices: choicesOf(proposal),
      }),
    );
    if (course) goTo('clients', clientId);
  };
  const others = proposalsIn(booking.refusal?.data);
  if (!client.value) return <Waiting refusal={client.refusal} onAgain={client.reload} />;
  return (
    <>
      <div class="screen-head">
        <div>
          <p class="crumb">
            <a href={hrefOf('clients', clientId)}>{client.value.profile.name}</a>
          </p>
          <h1>Book a course</h1>
        </div>
      </div>
      {gate.value && !gate.value.mayBook && (
        <div class="warning">
          <p>
            Sessions cannot be booked yet{gate.value.earliest ? ` before ${dayWords(gate.value.earliest)}` : ''}:{' '}
            {gate.value.reasons.map(({ text }) => text).join(' ') || 'the screening is not answered.'}
          </p>
          <p>
            <a href={hrefOf('clients', clientId, 'screening')}>Go to the screening</a>
          </p>
        </div>
      )}
      <RefusalNotice refusal={planned.refusal}>
        <p>Until the client’s plan is read, sessions are booked at 4.5 hours unless you give their length.</p>
        <button type="button" class="button" onClick={planned.reload}>
          Try again
        </button>
      </RefusalNotice>
      <div class="card">
        <SendForm
          sending={proposing}
          action="Find dates"
          isDisabled={!planned.value && !planned.refusal}
          onSend={() => void propose()}
        >
          <WishFields
            wish={wish}
            change={changeWish}
            studio={studio}
            today={today(timeZone)}
            planned={planned.value?.hours ?? null}
          />
        </SendForm>
      </div>
      <div ref={results} class="stack found" aria-live="polite">
        {found && found.proposals.length === 0 && <Relaxations relax={found.relax} timeZone={timeZone} />}
        {found && found.proposals.length > 0 && (
          <>
            <h2>{found.proposals.length === 1 ? 'One set of dates fits' : 'Sets of dates that fit'}</h2>
            <ProposalCards
              proposals={found.proposals}
              studio={studio}
              timeZone={timeZone}
              chosen={chosen}
              onChoose={proposals.choose}
            />
            <RefusalNotice refusal={booking.refusal}>
              {booking.refusal?.code === 'screening-stops' ? (
                <a class="button" href={hrefOf('clients', clientId, 'screening')}>
                  Go to the screening
                </a>
              ) : (
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    booking.clear();
                    if (others) proposals.show(others);
                    else void propose();
                  }}
                >
                  Show other dates
                </button>
              )}
            </RefusalNotice>
            <div class="book-bar">
              <button
                type="button"
                class="button button-big"
                disabled={!chosen || booking.isSending}
                onClick={() => chosen && void book(chosen)}
              >
                {booking.isSending ? 'One moment …' : `Book all ${chosen?.sessions.length ?? ''} sessions`}
              </button>
              <p class="hint">All of them or none: there is no half-booked course.</p>
            </div>
          </>
        )}
      </div>
    </>
  );
}
