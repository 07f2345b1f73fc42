import { api } from '../../api/api.ts';
import { ClientCourses } from '../courses/client-courses.tsx';
import { isManager, useSession } from '../parts/session.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { Waiting } from '../parts/waiting.tsx';
import { ClientAccess } from './client-access.tsx';
import { ClientKeeping } from './client-keeping.tsx';
import { ClientPhotos } from './client-photos.tsx';
import { ClientPlans } from './client-plans.tsx';
import { ClientProfile } from './client-profile.tsx';
import { ClientQuotes } from './client-quotes.tsx';
import { ClientScreenings } from './client-screenings.tsx';
import { CLIENT_STATUS_WORDS } from './client-words.ts';
import { presentationWords } from './presentation-words.ts';

/** One person on one page: who it is, whether sessions may be booked, and all that was planned, quoted and done. */
export function ClientRecord({ id }: { readonly id: string }) {
  const { me } = useSession();
  const client = useLoaded(() => api.client({ id }), [id]);
  const gate = useLoaded(() => api.bookableSkills({ clientId: id }), [id]);
  if (!client.value) return <Waiting refusal={client.refusal} onAgain={client.reload} />;
  const { profile, status, mergedInto } = client.value;
  if (status === 'erased' || status === 'merged') return <GoneRecord status={status} into={mergedInto} />;
  return (
    <>
      <div class="screen-head">
        <div>
          <p class="crumb">
            <a href={hrefOf('clients')}>Clients</a>
          </p>
          <h1>{profile.name}</h1>
          <p class="head-facts">
            <span class={`chip chip-${status}`}>{CLIENT_STATUS_WORDS[status]}</span>
            {presentationWords(profile.presentation) ?? 'not seen yet'}
          </p>
        </div>
        <div class="row">
          <a class="button" href={`/?client=${id}`}>
            Plan from photos
          </a>
          <a class="button" href={hrefOf('clients', id, 'quote')}>
            Quote
          </a>
          <a class="button button-solid" href={hrefOf('clients', id, 'book')}>
            Book a course
          </a>
        </div>
      </div>
      <div class="record">
        <div class="record-first">
          <ClientCourses clientId={id} onChanged={gate.reload} />
        </div>
        <div class="record-side">
          <ClientProfile client={client.value} onChanged={client.put} onStale={client.reload} />
          <ClientScreenings clientId={id} gate={gate.value} onChanged={gate.reload} />
          {isManager(me) && <ClientAccess client={client.value} />}
          <ClientKeeping client={client.value} />
        </div>
        <div class="record-rest">
          <ClientPlans clientId={id} />
          <ClientQuotes clientId={id} />
          <ClientPhotos clientId={id} mayRemove />
        </div>
      </div>
    </>
  );
}

function GoneRecord({ status, into }: { readonly status: 'erased' | 'merged'; readonly into: string | null }) {
  return (
    <div class="empty">
      <h1>{status === 'erased' ? 'This record was erased' : 'This record was merged'}</h1>
      <p>
        {status === 'erased'
          ? 'What the law asks to be kept stays sealed until its time is over; nothing of it can be opened here.'
          : 'All that it held is in the record of the same person.'}
      </p>
      {into && (
        <p>
          <a href={hrefOf('clients', into)}>Open that record</a>
        </p>
      )}
      <p>
        <a href={hrefOf('clients')}>Back to the list</a>
      </p>
    </div>
  );
}
