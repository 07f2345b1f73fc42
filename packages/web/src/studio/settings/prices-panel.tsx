import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { PRICE_LIST_DEFAULTS, type PriceList, type PriceTier } from '@stipple/core/quote/price-list.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { ChoiceField, TextField } from '../parts/fields.tsx';
import { amountField, minorOf } from '../parts/money-words.ts';
import { Panel } from '../parts/panel.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { SKILL_WORDS, useSession, type Skill } from '../parts/session.ts';
import { dayOf } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import { PriceTiers, tiersOf, typedTiers, type TypedTier } from './price-tiers.tsx';

const TAX_IS = [
  { value: 'added', label: 'are without tax: it is added' },
  { value: 'included', label: 'include the tax' },
] as const;
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
      {list.currency !== studio.currency && (
        <p class="fault">
          These prices are in {list.currency}; the studio now works in {studio.currency}. Put in the amounts in{' '}
          {studio.currency}: the next version is in that.
        </p>
      )}
      <PricesForm key={version} list={list} currency={studio.currency} basedOn={version} onKept={library.reload} />
    </Panel>
  );
}

const isPriceList = (content: unknown): content is PriceList =>
  typeof content === 'object' && content !== null && 'shaved' in content && 'extras' in content;

interface PricesFormProps {
  readonly list: PriceList;
  /** Of the next version. */
  readonly currency: string;
  readonly basedOn: number;
  readonly onKept: () => void;
}

function PricesForm({ list, currency, basedOn, onKept }: PricesFormProps) {
  const [typed, setTyped] = useState<Readonly<Record<Skill, readonly TypedTier[]>>>(() => ({
    shaved: typedTiers(list.shaved, list.currency),
    density: typedTiers(list.density, list.currency),
    scars: typedTiers(list.scars, list.currency),
    patches: typedTiers(list.patches, list.currency),
  }));
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(list.extras.map((extra) => [extra.id, amountField(extra.priceMinor, list.currency)])),
  );
  const [tax, setTax] = useState(list.taxBasisPoints === null ? '' : String(list.taxBasisPoints / 100));
  const [taxIs, setTaxIs] = useState(list.taxIs ?? 'added');
  const sending = useSend();
  const readList = (): PriceList | null => {
    const tiers = (style: Skill): PriceTier[] | null => tiersOf(typed[style], currency);
    const [shaved, density, scars, patches] = [tiers('shaved'), tiers('density'), tiers('scars'), tiers('patches')];
    const taxPercent = Number(tax.replace(',', '.'));
    if (!shaved || !density || !scars || !patches || !(taxPercent >= 0)) return null;
    const extras = list.extras.map((extra) => ({ ...extra, priceMinor: minorOf(amounts[extra.id] ?? '', currency) }));
    const taxBasisPoints = tax.trim() === '' ? null : Math.round(taxPercent * 100);
    return { currency, shaved, density, scars, patches, extras, taxBasisPoints, taxIs };
  };
  const content = readList();
  const keep = async (): Promise<void> => {
    if (content && (await sending.send(() => api.changeLibrary({ kind: 'prices', basedOn, content })))) onKept();
  };
  return (
    <SendForm sending={sending} action="Keep as the next version" isDisabled={!content} onSend={() => void keep()}>
      {STYLES.map((style) => (
        <PriceTiers
          key={style}
          legend={SKILL_WORDS[style]}
          tiers={typed[style]}
          currency={currency}
          onChange={(tiers) => setTyped({ ...typed, [style]: tiers })}
        />
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
            onChange={(value) => setAmounts({ ...amounts, [id]: value })}
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
        {tax.trim() !== '' && (
          <ChoiceField legend="The prices of the courses" value={taxIs} options={TAX_IS} onChange={setTaxIs} />
        )}
      </fieldset>
      {!content && (
        <p class="fault">
          Every package needs a name, a price such as 3000 or 3000.50, and a larger area than the one before it; a
          larger one does not cost less.
        </p>
      )}
    </SendForm>
  );
}
