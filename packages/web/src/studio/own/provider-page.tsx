import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useEffect } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { SKILL_WORDS } from '../parts/session.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { Waiting } from '../parts/waiting.tsx';

interface ProviderPageProps {
  readonly studioId: string;
  readonly slug: string;
}

/** What a client should ask anybody who offers this work, here as elsewhere. */
const QUESTIONS = [
  'Which certificate do you hold, from whom, and until when is it valid?',
  'How many sessions will it take, and how many days apart? One session alone, or less than a week between two, is a reason to ask why.',
  'May I see healed results, not only pictures from the same day?',
  'Which pigment do you use, and do you write down its lot?',
  'What is in the price, and what is not: touch-ups, removal, tax?',
  'How is it removed if I change my mind? It fades over years and may be impossible to remove entirely.',
];

/** The public page of a practitioner: who, skilled in what, certified by whom and until when. Needs no sign-in. */
export function ProviderPage({ studioId, slug }: ProviderPageProps) {
  const page = useLoaded(() => api.providerPage({ studioId, slug }), [studioId, slug]);
  useEffect(() => {
    if (page.value) document.title = `${page.value.name}, ${page.value.studioName}`;
  }, [page.value]);
  return (
    <div class="page">
      <header class="top">
        <img src="/icon.svg" alt="" width="38" height="38" />
        <span class="brand-name">{page.value?.studioName ?? 'Stipple'}</span>
      </header>
      <div class="rule" aria-hidden="true" />
      <main class="provider">
        {page.value ? <Provider page={page.value} /> : <Waiting refusal={page.refusal} onAgain={page.reload} />}
      </main>
    </div>
  );
}

function Provider({ page }: { readonly page: Answers['providerPage'] }) {
  const { name, biography, skills, certificates, asOf } = page;
  return (
    <>
      <h1>{name}</h1>
      <p class="head-facts">{skills.map((skill) => SKILL_WORDS[skill]).join(' · ')}</p>
      {biography && <p class="biography">{biography}</p>}
      <section class="panel" aria-labelledby="provider-certificates">
        <h2 id="provider-certificates">Certificates on {dayWords(asOf)}</h2>
        {certificates.length === 0 && <p>None.</p>}
        <ul class="provider-certificates">
          {certificates.map(({ title, issuer, number, skill, issuedOn, expiresOn, isValid, hasProof }) => (
            <li key={`${title} ${number} ${issuedOn}`} class={isValid ? '' : 'is-not-valid'}>
              <strong>{title}</strong>
              <span>
                {issuer}
                {number && `, no. ${number}`} · {skill === 'smp' ? 'all work' : SKILL_WORDS[skill]}
              </span>
              <span>
                {isValid ? 'Valid' : 'Not valid'}: {dayWords(issuedOn)} to {dayWords(expiresOn)}
              </span>
              <small>{hasProof ? 'The studio has the certificate on file.' : 'No proof is on file.'}</small>
            </li>
          ))}
        </ul>
      </section>
      <section class="panel" aria-labelledby="provider-questions">
        <h2 id="provider-questions">What to ask before you decide</h2>
        <ul class="plain-list">
          {QUESTIONS.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </section>
    </>
  );
}
