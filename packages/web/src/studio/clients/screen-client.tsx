import { api } from '../../api/api.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { goTo, hrefOf } from '../parts/use-route.ts';
import { Waiting } from '../parts/waiting.tsx';
import { ScreeningForm } from './screening-form.tsx';

/** The questionnaire, asked by somebody of the studio or handed over on the tablet. */
export function ScreenClient({ clientId }: { readonly clientId: string }) {
  const client = useLoaded(() => api.client({ id: clientId }), [clientId]);
  const asked = useLoaded(() => api.questions(), []);
  if (!client.value) return <Waiting refusal={client.refusal} onAgain={client.reload} />;
  return (
    <div class="narrow">
      <div class="screen-head">
        <div>
          <p class="crumb">
            <a href={hrefOf('clients', clientId)}>{client.value.profile.name}</a>
          </p>
          <h1>Questions about health</h1>
          <p>Every answer is kept with the day. Nobody outside the studio sees them.</p>
        </div>
      </div>
      <div class="card">
        {asked.value ? (
          <ScreeningForm clientId={clientId} asked={asked.value} onDone={() => goTo('clients', clientId)} />
        ) : (
          <Waiting refusal={asked.refusal} onAgain={asked.reload} />
        )}
      </div>
    </div>
  );
}
