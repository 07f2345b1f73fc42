import { useState } from 'preact/hooks';
import { Panel } from '../parts/panel.tsx';
import { nameIn, SKILL_WORDS, useSession, type Practitioner } from '../parts/session.ts';
import { hrefOf } from '../parts/use-route.ts';
import { Certificates } from './certificates.tsx';
import { PractitionerForm } from './practitioner-form.tsx';

/** Who treats: hours, skills, and the certificates without which a skill cannot be booked. */
export function PractitionersPanel({ opened: first }: { readonly opened: string | null }) {
  const { studio } = useSession();
  const [opened, setOpened] = useState(first);
  if (studio.locations.length === 0) {
    return (
      <div class="empty">
        <h2>A location comes first</h2>
        <p>
          A practitioner works at one. <a href={hrefOf('studio', 'places')}>Add it</a>.
        </p>
      </div>
    );
  }
  return (
    <>
      {studio.practitioners.map((practitioner) => (
        <Panel
          key={practitioner.id}
          title={practitioner.name}
          note={
            <>
              {nameIn(studio.locations, practitioner.locationId)}
              {!practitioner.active && ' · no longer works here'}
              {practitioner.slug && (
                <>
                  {' · '}
                  <a href={hrefOf('provider', studio.id, practitioner.slug)}>public page</a>
                </>
              )}
            </>
          }
          action={
            <button
              type="button"
              class="link"
              onClick={() => setOpened(opened === practitioner.id ? null : practitioner.id)}
            >
              {opened === practitioner.id ? 'Leave as it was' : 'Edit'}
            </button>
          }
        >
          {opened === practitioner.id ? (
            <PractitionerForm practitioner={practitioner} onKept={() => setOpened(null)} />
          ) : (
            <>
              <Bookable practitioner={practitioner} />
              <Certificates practitioner={practitioner} />
            </>
          )}
        </Panel>
      ))}
      {opened === 'new' ? (
        <Panel title="Another practitioner">
          <PractitionerForm practitioner={null} onKept={() => setOpened(null)} />
        </Panel>
      ) : (
        <button type="button" class="button" onClick={() => setOpened('new')}>
          {studio.practitioners.length === 0 ? 'Add the first practitioner' : 'Another practitioner'}
        </button>
      )}
    </>
  );
}

function Bookable({ practitioner: { bookable, skills } }: { readonly practitioner: Practitioner }) {
  const own = bookable.filter(({ skill }) => skills.includes(skill));
  if (own.length === 0) return <p class="hint">No skills yet: edit to add them.</p>;
  return (
    <ul class="bookable">
      {own.map(({ skill, isBookable, why }) => (
        <li key={skill} class={isBookable ? 'is-bookable' : 'is-not-bookable'}>
          {SKILL_WORDS[skill]}
          <small>{isBookable ? 'can be booked' : why || 'cannot be booked'}</small>
        </li>
      ))}
    </ul>
  );
}
