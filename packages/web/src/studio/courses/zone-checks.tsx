import { CheckField } from '../parts/fields.tsx';
import { zoneWords } from './course-words.ts';

interface ZoneChecksProps {
  readonly legend: string;
  readonly zones: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Zones of the plan, to be ticked. */
export const ZoneChecks = ({ legend, zones, chosen, onChange }: ZoneChecksProps) => (
  <fieldset class="stack">
    <legend class="label">{legend}</legend>
    <div class="row">
      {zones.map((zone) => (
        <CheckField
          key={zone}
          label={zoneWords(zone)}
          isOn={chosen.includes(zone)}
          onChange={(isOn) => onChange(isOn ? [...chosen, zone] : chosen.filter((other) => other !== zone))}
        />
      ))}
    </div>
  </fieldset>
);
