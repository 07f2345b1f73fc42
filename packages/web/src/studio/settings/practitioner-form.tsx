import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AreaField, CheckField, SelectField, TextField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { SKILL_WORDS, useSession, type Practitioner, type Skill } from '../parts/session.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { HoursFields, typedOf, USUAL_WEEK, weeklyOf } from './hours-fields.tsx';

const SKILLS = Object.entries(SKILL_WORDS) as [Skill, string][];

interface PractitionerFormProps {
  readonly practitioner: Practitioner | null;
  readonly onKept: () => void;
}

export function PractitionerForm({ practitioner, onKept }: PractitionerFormProps) {
  const { studio, reloadStudio } = useSession();
  const [name, setName] = useState(practitioner?.name ?? '');
  const [locationId, setLocationId] = useState(practitioner?.locationId ?? studio.locations[0]?.id ?? '');
  const [skills, setSkills] = useState<readonly Skill[]>(practitioner?.skills ?? []);
  const [hours, setHours] = useState(
    typedOf(practitioner?.hours.weekly ?? studio.locations[0]?.opening.weekly ?? USUAL_WEEK),
  );
  const [hoursADay, setHoursADay] = useState(String((practitioner?.maxMinutesADay ?? 480) / 60));
  const [slug, setSlug] = useState(practitioner?.slug ?? '');
  const [biography, setBiography] = useState(practitioner?.biography ?? '');
  const [active, setActive] = useState(practitioner?.active ?? true);
  const [accountId, setAccountId] = useState(practitioner?.accountId ?? '');
  const people = useLoaded(() => api.people({}), []);
  const sending = useSend();
  const weekly = weeklyOf(hours);
  const most = Math.round(Number(hoursADay.replace(',', '.')) * 60);
  const keep = async (): Promise<void> => {
    if (!weekly) return;
    const facts = {
      name,
      locationId,
      skills: [...skills],
      hours: { weekly },
      maxMinutesADay: most,
      slug: slug.trim() || null,
      biography,
    };
    const kept = await sending.send<unknown>(() =>
      practitioner
        ? api.changePractitioner({ id: practitioner.id, ...facts, active, accountId: accountId || null })
        : api.createPractitioner(facts),
    );
    if (!kept) return;
    reloadStudio();
    onKept();
  };
  return (
    <SendForm sending={sending} action="Keep" isDisabled={!weekly || !(most >= 30)} onSend={() => void keep()}>
      <div class="form-pair">
        <TextField label="Name" maxLength={120} value={name} onChange={setName} />
        <SelectField
          label="Works at"
          value={locationId}
          options={studio.locations.map((location) => ({ value: location.id, label: location.name }))}
          onChange={setLocationId}
        />
        <TextField label="At most a day" unit="hours" inputMode="decimal" value={hoursADay} onChange={setHoursADay} />
      </div>
      <fieldset class="stack">
        <legend class="label">Skills</legend>
        <div class="row">
          {SKILLS.map(([skill, words]) => (
            <CheckField
              key={skill}
              label={words}
              isOn={skills.includes(skill)}
              onChange={(isOn) => setSkills(isOn ? [...skills, skill] : skills.filter((other) => other !== skill))}
            />
          ))}
        </div>
      </fieldset>
      <HoursFields legend="Working hours" hours={hours} onChange={setHours} />
      <TextField
        label="Public page"
        isOptional
        placeholder="name-of-the-practitioner"
        hint="Small letters, digits and hyphens. Anybody with the address sees name, skills and certificates. Empty: no page."
        maxLength={61}
        value={slug}
        onChange={setSlug}
      />
      <AreaField
        label="For the public page: who this is"
        isOptional
        rows={4}
        maxLength={4000}
        value={biography}
        onChange={setBiography}
      />
      {practitioner && people.value && (
        <SelectField
          label="Signs in as"
          isOptional
          hint="Then the calendar opens with these appointments. Who does not sign in yet is invited under People."
          value={accountId}
          options={[
            { value: '', label: 'Nobody' },
            ...people.value.items.map(({ id, name: who, email }) => ({ value: id, label: `${who}, ${email}` })),
          ]}
          onChange={setAccountId}
        />
      )}
      {practitioner && <CheckField label="Works here" isOn={active} onChange={setActive} />}
    </SendForm>
  );
}
