import { PRICE_LIST_DEFAULTS, type PriceList, type PriceTier } from '@stipple/core/quote/price-list.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { TextField } from '../parts/fields.tsx';
import { amountField, minorOf } from '../parts/money-words.ts';
import { Panel } from '../parts/panel.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { SKILL_WORDS, useSession, type Skill } from '../parts/session.ts';
import { dayOf, dayWords } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

const STYLES = Object.keys(SKILL_WORDS) as Skill[];

/** The price list, a version at a time: quotes that were made keep theirs. */
export function PricesPanel() {
  const { studio } = useSession();
  const library = useLoaded(() => api.library({ kind: 'prices' }), []);
  if (!library.value) return <Waiting refusal={library.refusal} onAgain={library.reload} />;
  const { version, content, createdAt } = library.value;
  const list = isPriceList(content) ? content : { ...PRICE_LIST_DEFAULTS, currency: studio.currency };
  return (
    <Panel
      title="Prices"
      note={
        version > 0 && createdAt
          ? `Version ${version}, ${dayWords(dayOf(createdAt, studio.timeZone))}. Quotes made before keep the list they were made from.`
          : 'A list to start from; put in your own prices.'
      }
    >
      <PricesForm key={version} list={list} basedOn={version} onKept={library.reload} />
    </Panel>
  );
}

const isPriceList = (content: unknown): content is PriceList =>
  typeof content === 'object' && content !== null && 'shaved' in content && 'extras' in content;

interface PricesFormProps {
  readonly list: PriceList;
  readonly basedOn: number;
  readonly onKept: () => void;
}

function PricesForm({ list, basedOn, onKept }: PricesFormProps) {
  const { currency } = list;
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries([
      ...STYLES.flatMap((style) => list[style].map((tier) => [tier.id, amountField(tier.priceMinor, currency)])),
      ...list.extras.map((extra) => [extra.id, amountField(extra.priceMinor, currency)]),
    ]),
  );
  const [tax, setTax] = useState(list.taxBasisPoints === null ? '' : String(list.taxBasisPoints / 100));
  const sending = useSend();
  const minor = (id: string): number | null => minorOf(amounts[id] ?? '', currency);
  const areGood = STYLES.every((style) => list[style].every(({ id }) => (minor(id) ?? -1) >= 0));
  const keep = async (): Promise<void> => {
    const priced = (tiers: readonly PriceTier[]): PriceTier[] =>
      tiers.map((tier) => ({ ...tier, priceMinor: minor(tier.id) ?? tier.priceMinor }));
    const content: PriceList = {
      currency,
      shaved: priced(list.shaved),
      density: priced(list.density),
      scars: priced(list.scars),
      patches: priced(list.patches),
      extras: list.extras.map((extra) => ({ ...extra, priceMinor: minor(extra.id) })),
      taxBasisPoints: tax.trim() === '' ? null : Math.round(Number(tax.replace(',', '.')) * 100),
    };
    if (await sending.send(() => api.changeLibrary({ kind: 'prices', basedOn, content }))) onKept();
  };
  const put = (id: string) => (value: string) => setAmounts({ ...amounts, [id]: value });
  return (
    <SendForm sending={sending} action="Keep as the next version" isDisabled={!areGood} onSend={() => void keep()}>
      {STYLES.map((style) => (
        <fieldset key={style} class="prices">
          <legend class="label">{SKILL_WORDS[style]}</legend>
          {list[style].map(({ id, label, upToCm2 }) => (
            <TextField
              key={id}
              label={label}
              unit={currency}
              inputMode="decimal"
              hint={upToCm2 === null ? 'any larger area' : `up to ${upToCm2} cm²`}
              value={amounts[id] ?? ''}
              onChange={put(id)}
            />
          ))}
        </fieldset>
      ))}
      <fieldset class="prices">
        <legend class="label">Apart from the course</legend>
        {list.extras.map(({ id, label }) => (
          <TextField
            key={id}
            label={label}
            isOptional
            unit={currency}
            inputMode="decimal"
            hint="Empty: not included, and said so."
            value={amounts[id] ?? ''}
            onChange={put(id)}
          />
        ))}
        <TextField
          label="Tax on the course"
          isOptional
          unit="%"
          inputMode="decimal"
          hint="Empty: the quote says that tax is not included."
          value={tax}
          onChange={setTax}
        />
      </fieldset>
      {!areGood && <p class="fault">Every course needs a price, such as 3000 or 3000.50.</p>}
    </SendForm>
  );
}
