import { useState } from 'preact/hooks';
import { api, type Asks } from '../../api/api.ts';
import { ChoiceField, SelectField, TextField } from '../parts/fields.tsx';
import { minorOf } from '../parts/money-words.ts';
import { SendForm } from '../parts/send-form.tsx';
import { SKILL_WORDS, useSession, type Skill } from '../parts/session.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { goTo, hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

type Order = Asks['createQuote'];
type Source = NonNullable<Order['extentSource']>;

const SOURCES: readonly { readonly value: Source; readonly label: string }[] = [
  { value: 'taped', label: 'Taped on the head' },
  { value: 'drawn', label: 'Drawn on the photo' },
  { value: 'seen', label: 'Seen in the photo' },
  { value: 'template', label: 'Guessed from the stage' },
];
/** How far off an area may be, by how it is known: a guess carries 30 %. */
const SPREAD: Readonly<Record<Source, number>> = { taped: 0.1, drawn: 0.12, seen: 0.15, template: 0.3 };
const STYLES = (Object.entries(SKILL_WORDS) as [Skill, string][]).map(([value, label]) => ({ value, label }));
const SESSIONS = ['2', '3', '4', '5'].map((value) => ({ value, label: value }));

interface NewQuoteProps {
  readonly clientId: string;
  readonly planId: string | null;
}

/** A quote from a kept plan, or from an area that was measured otherwise. The price list decides the rest. */
export function NewQuote({ clientId, planId }: NewQuoteProps) {
  const client = useLoaded(() => api.client({ id: clientId }), [clientId]);
  const plans = useLoaded(() => api.plans({ clientId }), [clientId]);
  if (!client.value || !plans.value) {
    return (
      <Waiting
        refusal={client.refusal ?? plans.refusal}
        onAgain={() => {
          client.reload();
          plans.reload();
        }}
      />
    );
  }
  const found = plans.value.items.find(({ id }) => id === planId);
  const newest = found?.versions.reduce((a, b) => (b.n > a.n ? b : a));
  const plan = found && newest ? { id: found.id, n: newest.n, saying: newest.saying } : null;
  const others = plans.value.items.filter(({ id }) => id !== planId);
  return (
    <div class="narrow">
      <div class="screen-head">
        <div>
          <p class="crumb">
            <a href={hrefOf('clients', clientId)}>{client.value.profile.name}</a>
          </p>
          <h1>New quote</h1>
        </div>
      </div>
      {!plan && others.length > 0 && (
        <p class="hint">
          Or from a plan:{' '}
          {others.map(({ id, title }) => (
            <a key={id} class="link" href={hrefOf('clients', clientId, 'quote', id)}>
              {title}
            </a>
          ))}
        </p>
      )}
      <div class="card">
        <QuoteForm key={plan?.id ?? 'area'} clientId={clientId} plan={plan} />
      </div>
    </div>
  );
}

interface QuoteFormProps {
  readonly clientId: string;
  readonly plan: { readonly id: string; readonly n: number; readonly saying: string } | null;
}

function QuoteForm({ clientId, plan }: QuoteFormProps) {
  const { studio } = useSession();
  const [style, setStyle] = useState<Skill>('shaved');
  const [sessions, setSessions] = useState('3');
  const [area, setArea] = useState('');
  const [source, setSource] = useState<Source>('taped');
  const [label, setLabel] = useState('');
  const [amount, setAmount] = useState('');
  const sending = useSend();
  const areaCm2 = Number(area.replace(',', '.'));
  const isAreaGood = areaCm2 > 0 && areaCm2 < 1000;
  const minor = amount.trim() ? minorOf(amount, studio.currency) : 0;

  const create = async (): Promise<void> => {
    const spread = SPREAD[source];
    const measured = {
      areaCm2: { value: areaCm2, low: areaCm2 * (1 - spread), high: areaCm2 * (1 + spread), source },
      extentSource: source,
    };
    const quote = await sending.send(() =>
      api.createQuote({
        clientId,
        style,
        sessions: Number(sessions),
        ...(plan ? { planId: plan.id, planN: plan.n } : measured),
        adjustments: minor ? [{ label: label.trim() || 'Adjustment', minor }] : [],
      }),
    );
    if (quote) goTo('clients', clientId);
  };
  return (
    <SendForm
      sending={sending}
      action="Work out the price"
      isDisabled={(!plan && !isAreaGood) || minor === null}
      onSend={() => void create()}
    >
      {plan ? (
        <p class="from-plan">From the plan: {plan.saying}</p>
      ) : (
        <div class="form-pair">
          <TextField
            label="Area to treat"
            unit="cm²"
            inputMode="decimal"
            hint={`Taken as ${Math.round(SPREAD[source] * 100)} % more or less.`}
            value={area}
            onChange={setArea}
          />
          <SelectField label="How it is known" value={source} options={SOURCES} onChange={setSource} />
        </div>
      )}
      <ChoiceField legend="Treatment" value={style} options={STYLES} onChange={setStyle} />
      <ChoiceField legend="Sessions" value={sessions} options={SESSIONS} onChange={setSessions} />
      <details>
        <summary>Add or take off an amount</summary>
        <div class="form-pair details-body">
          <TextField label="What for" isOptional maxLength={120} value={label} onChange={setLabel} />
          <TextField
            label="Amount"
            isOptional
            inputMode="text"
            unit={studio.currency}
            hint="With a minus to take off."
            value={amount}
            onChange={setAmount}
          />
        </div>
      </details>
    </SendForm>
  );
}
