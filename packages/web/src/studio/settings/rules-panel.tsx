import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { CURRENCIES, timeZones } from '../entry/places-of-the-world.ts';
import { ChoiceField, SelectField, TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSession } from '../parts/session.ts';
import { useSend } from '../parts/use-send.ts';
import { RemoveDemo } from './remove-demo.tsx';

const AFTERCARE = [
  { value: 'strict', label: 'Strict: 14 days covered' },
  { value: 'article', label: 'Short: 4 days, then sun in measure' },
] as const;

/** The rules of the house: name, gaps, deposit, validity, aftercare. The floor of 7 days is not among them. */
export function RulesPanel() {
  const { studio, me, reloadStudio } = useSession();
  const { settings } = studio;
  const [name, setName] = useState(studio.name);
  const [timeZone, setTimeZone] = useState(studio.timeZone);
  const [currency, setCurrency] = useState(studio.currency);
  const [gaps, setGaps] = useState(settings.gapsDays.join(', '));
  const [deposit, setDeposit] = useState(String(settings.depositBasisPoints / 100));
  const [validDays, setValidDays] = useState(String(settings.quoteValidDays));
  const [turnaround, setTurnaround] = useState(String(settings.turnaroundMinutes));
  const [aftercare, setAftercare] = useState(settings.aftercare);
  const [retention, setRetention] = useState(String(settings.retentionYears));
  const [isKept, setIsKept] = useState(false);
  const sending = useSend();
  const gapsDays = gaps.split(',').map((text) => Number(text.trim()));
  const areGapsGood = gapsDays.every((days) => Number.isInteger(days) && days >= 7 && days <= 365);
  const keep = async (): Promise<void> => {
    setIsKept(false);
    const kept = await sending.send(() =>
      api.changeStudio({
        name,
        timeZone,
        currency,
        settings: {
          gapsDays,
          depositBasisPoints: Math.round(Number(deposit.replace(',', '.')) * 100),
          quoteValidDays: Number(validDays),
          turnaroundMinutes: Number(turnaround),
          retentionYears: Number(retention),
          aftercare,
        },
      }),
    );
    if (!kept) return;
    setIsKept(true);
    reloadStudio();
  };
  return (
    <>
      <Panel title="Rules of the house">
        <SendForm
          sending={sending}
          action="Keep"
          isDisabled={!areGapsGood}
          onSend={() => void keep()}
          aside={isKept && <span role="status">Kept.</span>}
        >
          <div class="form-pair">
            <TextField label="Name of the studio" maxLength={120} value={name} onChange={setName} />
            <SelectField label="Time zone" value={timeZone} options={timeZones(timeZone)} onChange={setTimeZone} />
            <SelectField label="Currency" value={currency} options={CURRENCIES} onChange={setCurrency} />
          </div>
          <TextField
            label="Preferred gaps between sessions"
            unit="days"
            hint="One after another: 14, 28 means 14 days to the second session and 28 to each later one. Never under 7; nobody can book closer than that, whatever stands here."
            value={gaps}
            onChange={setGaps}
          />
          {!areGapsGood && <p class="fault">Write whole days from 7 to 365, with commas between them.</p>}
          <div class="form-pair">
            <TextField label="Deposit" unit="%" inputMode="decimal" value={deposit} onChange={setDeposit} />
            <TextField
              label="A quote is valid for"
              unit="days"
              inputMode="numeric"
              value={validDays}
              onChange={setValidDays}
            />
            <TextField
              label="Between two in a room"
              unit="min"
              inputMode="numeric"
              value={turnaround}
              onChange={setTurnaround}
            />
            <TextField
              label="Sealed after erasure"
              unit="years"
              inputMode="numeric"
              hint="What your law asks for: consent, lots, a contact for recalls."
              value={retention}
              onChange={setRetention}
            />
          </div>
          <ChoiceField legend="Aftercare" value={aftercare} options={AFTERCARE} onChange={setAftercare} />
        </SendForm>
      </Panel>
      {studio.isDemo && me.role === 'owner' && <RemoveDemo />}
    </>
  );
}
