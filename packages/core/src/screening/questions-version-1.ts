/**
 * Version 1 of the screening (facts 6.1 and 6.2). Frozen: a change of a word that a client answered to is a new version.
 */
import type { Consequence, Outcome, Question, ScreeningSource, Wait } from './questionnaire.ts';

const consequence = (
  outcome: Outcome,
  code: string,
  source: ScreeningSource,
  text: string,
  rest: { readonly isReferral?: boolean; readonly wait?: Wait } = {},
): Consequence => ({ code, outcome, text, source, ...rest });

const yesNo = (id: string, text: string, help: string, leads: Question['leads']): Question => ({
  id,
  text,
  help,
  kind: 'yes-no',
  choices: [],
  when: null,
  leads,
});

/** A day that is asked for after a yes, and what it leads to while it is recent. */
const dayAfter = (question: string, answer: string, text: string, recent: Consequence): Question => ({
  id: `${question}-day`,
  text,
  help: 'If you do not know the day, say so: then we count from today.',
  kind: 'day',
  choices: [],
  when: { question, answer },
  leads: { day: recent },
});

const SIX_MONTHS = { wait: { months: 6 } } as const;
const DOCTOR_FIRST = { isReferral: true } as const;

export const QUESTIONS_VERSION_1: readonly Question[] = [
  yesNo(
    'consent',
    'Do you agree that we keep your answers with your record, and will you answer as truly as you can?',
    '',
    {
      no: consequence(
        'stop',
        'consent-refused',
        'default',
        'Without your agreement we cannot ask what we must know, so we cannot book.',
      ),
    },
  ),
  {
    id: 'born',
    text: 'When were you born?',
    help: '',
    kind: 'day',
    choices: [],
    when: null,
    leads: { day: consequence('stop', 'under-18', 'law', 'Only adults can be treated.') },
  },
  yesNo('pregnant', 'Are you pregnant, or are you breastfeeding?', 'Answer no if this cannot apply to you.', {
    yes: consequence(
      'stop',
      'pregnant',
      'dermatology',
      'We do not work during pregnancy or breastfeeding. Come back afterwards.',
    ),
  }),
  {
    id: 'alcohol',
    text: 'Have you had alcohol or other intoxicating drugs?',
    help: '',
    kind: 'choice',
    choices: [
      { id: 'no', text: 'Not in the last 24 hours' },
      { id: 'within-a-day', text: 'In the last 24 hours' },
      { id: 'feel-it', text: 'Yes, and I feel it now' },
    ],
    when: null,
    leads: {
      'within-a-day': consequence(
        'defer',
        'alcohol',
        'trade',
        'No alcohol or other drugs for 24 hours before a session.',
        {
          wait: { days: 1 },
        },
      ),
      'feel-it': consequence(
        'stop',
        'intoxicated',
        'trade',
        'We do not book or treat anybody who is under the influence.',
      ),
    },
  },
  yesNo('pigment-allergy', 'Have you ever had an allergic reaction to a tattoo, a cosmetic tattoo or a pigment?', '', {
    yes: consequence(
      'stop',
      'pigment-allergy',
      'trade',
      'Pigment stays in the skin. After an allergic reaction to one we do not work.',
    ),
  }),
  yesNo(
    'infection',
    'Is there an infection or an open wound on your scalp now?',
    'Pus, crusts, cold sores, cuts, sores.',
    {
      yes: consequence('stop', 'infection', 'trade', 'We work on healed skin only. See a doctor if it does not heal.'),
    },
  ),
  yesNo('sunburn', 'Is your scalp sunburnt now?', '', {
    yes: consequence('stop', 'sunburn', 'trade', 'We wait until the burn has healed and the skin has stopped peeling.'),
  }),
  yesNo('rash', 'Is there an inflamed rash on your scalp now, or are there inflamed scaly patches?', '', {
    yes: consequence(
      'stop',
      'rash',
      'inflammation',
      'We do not work on inflamed skin. A doctor can tell you what it is.',
      DOCTOR_FIRST,
    ),
  }),
  yesNo(
    'changing-spot',
    'Is there a spot or a mole on your scalp that is new, changes, bleeds or does not heal, and that no doctor has looked at?',
    'Ask somebody to look where you cannot see.',
    {
      yes: consequence(
        'stop',
        'changing-spot',
        'dermatology',
        'A doctor looks at the spot first. Pigment would hide it.',
        DOCTOR_FIRST,
      ),
    },
  ),
  {
    id: 'cancer-treatment',
    text: 'Are you having chemotherapy or radiotherapy, or did you have any?',
    help: '',
    kind: 'choice',
    choices: [
      { id: 'no', text: 'No' },
      { id: 'now', text: 'Yes, now' },
      { id: 'ended', text: 'Yes, it has ended' },
    ],
    when: null,
    leads: {
      now: consequence('stop', 'cancer-treatment', 'trade', 'We do not work during chemotherapy or radiotherapy.'),
    },
  },
  dayAfter(
    'cancer-treatment',
    'ended',
    'When was the last treatment?',
    consequence(
      'defer',
      'cancer-treatment-recent',
      'trade',
      'We wait six months after the last treatment.',
      SIX_MONTHS,
    ),
  ),
  yesNo('sarcoidosis', 'Has a doctor ever told you that you have sarcoidosis?', '', {
    yes: consequence(
      'stop',
      'sarcoidosis',
      'granuloma',
      'Pigment in the skin can set off reactions with what your doctor has found. We do not work.',
    ),
  }),
  yesNo('transplant', 'Have you had a hair transplant, or is one planned?', '', {}),
  dayAfter(
    'transplant',
    'yes',
    'When was it, or when will it be?',
    consequence(
      'defer',
      'transplant-recent',
      'trade',
      'We wait six months after a hair transplant, until the hair has grown.',
      SIX_MONTHS,
    ),
  ),
  yesNo('surgery', 'Have you had any other operation on your scalp?', '', {}),
  dayAfter(
    'surgery',
    'yes',
    'When was it?',
    consequence(
      'defer',
      'surgery-recent',
      'trade',
      'We wait six months after an operation on the scalp, until the scar is quiet.',
      SIX_MONTHS,
    ),
  ),
  {
    id: 'isotretinoin',
    text: 'Do you take isotretinoin capsules, or did you take any in the last year?',
    help: 'A medicine against severe acne.',
    kind: 'choice',
    choices: [
      { id: 'no', text: 'No' },
      { id: 'now', text: 'Yes, now' },
      { id: 'ended', text: 'Yes, it has ended' },
    ],
    when: null,
    leads: {
      now: consequence(
        'defer',
        'isotretinoin-now',
        'isotretinoin',
        'Keep taking what was prescribed. We wait six months after its end, which your doctor decides; ask again then.',
        SIX_MONTHS,
      ),
    },
  },
  dayAfter(
    'isotretinoin',
    'ended',
    'When did you take the last capsule?',
    consequence(
      'defer',
      'isotretinoin-recent',
      'isotretinoin',
      'We wait six months after the last capsule.',
      SIX_MONTHS,
    ),
  ),
  yesNo(
    'peel',
    'In the last four weeks, has your scalp had a peeling, a retinoid cream or a fruit acid product?',
    '',
    {},
  ),
  dayAfter(
    'peel',
    'yes',
    'When was the last time?',
    consequence('defer', 'peel-recent', 'trade', 'We wait four weeks, until the skin is at rest.', {
      wait: { days: 28 },
    }),
  ),
  yesNo('tan', 'In the last two weeks, have you sunbathed, used a tanning bed, or tanned your scalp?', '', {}),
  dayAfter(
    'tan',
    'yes',
    'When was the last time?',
    consequence('defer', 'tan-recent', 'trade', 'We wait two weeks: on tanned skin the colour cannot be matched.', {
      wait: { days: 14 },
    }),
  ),
  yesNo('earlier-work', 'Has your scalp had micropigmentation before?', '', {}),
  dayAfter(
    'earlier-work',
    'yes',
    'When was the last session?',
    consequence(
      'defer',
      'earlier-work-recent',
      'default',
      'Seven days lie between two sessions at the least, wherever they were.',
      { wait: { days: 7 } },
    ),
  ),
  yesNo('loss-sudden', 'Did your hair loss begin suddenly, or has it changed quickly in the last six months?', '', {
    yes: consequence(
      'note',
      'loss-sudden',
      'dermatology',
      'New or quickly changing hair loss is seen by a doctor first: some causes can be treated.',
      DOCTOR_FIRST,
    ),
  }),
  yesNo('loss-patchy', 'Is hair missing in separate patches?', 'Scars from operations or accidents do not count.', {
    yes: consequence(
      'note',
      'loss-patchy',
      'dermatology',
      'Hair loss in patches is seen by a doctor first.',
      DOCTOR_FIRST,
    ),
  }),
  yesNo('loss-painful', 'Does the skin hurt, burn or itch much where hair is missing?', '', {
    yes: consequence(
      'note',
      'loss-painful',
      'dermatology',
      'Hair loss with pain, burning or itching is seen by a doctor first.',
      DOCTOR_FIRST,
    ),
  }),
  yesNo(
    'loss-scarring',
    'Is the skin where hair is missing shiny, sunken or scarred, without an operation or an accident there?',
    '',
    {
      yes: consequence(
        'note',
        'loss-scarring',
        'dermatology',
        'Hair loss with changed skin is seen by a doctor first.',
        DOCTOR_FIRST,
      ),
    },
  ),
  yesNo('bleeding', 'Do you bleed easily, or do you take a medicine that thins the blood?', '', {
    yes: consequence(
      'note',
      'bleeding',
      'dermatology',
      'A note from your doctor first. Keep taking what was prescribed: your doctor decides about it.',
    ),
  }),
  yesNo('diabetes', 'Do you have diabetes?', '', {
    yes: consequence(
      'note',
      'diabetes',
      'dermatology',
      'A note from your doctor first, that it is well controlled; healing can be slower.',
    ),
  }),
  yesNo('heart', 'Do you have a diseased or artificial heart valve, or had an inflammation of the heart?', '', {
    yes: consequence(
      'note',
      'heart',
      'dermatology',
      'A note from your doctor first, on whether you need protection against infection.',
    ),
  }),
  yesNo('immune', 'Is your immune system weakened, by an illness, a medicine or a transplanted organ?', '', {
    yes: consequence(
      'note',
      'immune',
      'dermatology',
      'A note from your doctor first: healing and infections can be harder.',
    ),
  }),
  yesNo('epilepsy', 'Do you have epilepsy, or had a fit?', '', {
    yes: consequence(
      'note',
      'epilepsy',
      'trade',
      'A note from your doctor first. Tell us what to do if you have a fit.',
    ),
  }),
  yesNo('blood-pressure', 'Is your blood pressure too high, and not under control?', '', {
    yes: consequence('note', 'blood-pressure', 'trade', 'A note from your doctor first, that it is under control.'),
  }),
  yesNo('keloid', 'Have you ever had a raised or growing scar?', '', {
    yes: consequence(
      'note',
      'keloid',
      'dermatology',
      'A note from your doctor first: each dot is a small wound. Many studios turn this down.',
    ),
  }),
  yesNo(
    'skin-disease',
    'Has a doctor told you that you have psoriasis, vitiligo or lichen planus, anywhere on your body?',
    '',
    {
      yes: consequence(
        'note',
        'skin-disease',
        'inflammation',
        'A note from your doctor first: small wounds can bring it on where you are treated.',
      ),
    },
  ),
  yesNo('dark-skin', 'Is your untanned skin brown or dark, and does it hardly ever burn in the sun?', '', {
    yes: consequence(
      'caution',
      'dark-skin',
      'default',
      'Small wounds may leave darker marks. Shade and depth are planned for it, and a test patch helps.',
    ),
  }),
  yesNo('oily', 'Is your scalp very oily or flaky?', '', {
    yes: consequence('caution', 'oily', 'trade', 'Dots may blur or fade sooner. Treat the flaking first.'),
  }),
  yesNo('scars', 'Are there scars on your scalp?', '', {
    yes: consequence('caution', 'scars', 'trade', 'Scars take pigment unevenly and may need more sessions.'),
  }),
  yesNo('moles', 'Are there moles on your scalp?', '', {
    yes: consequence(
      'caution',
      'moles',
      'dermatology',
      'Moles stay free of pigment, with 5 mm around them, and are photographed.',
    ),
  }),
  yesNo('numbing-allergy', 'Are you allergic to latex, to lidocaine or to another numbing agent?', '', {
    yes: consequence('caution', 'numbing-allergy', 'trade', 'Other gloves, and no numbing cream that you react to.'),
  }),
  yesNo('mri', 'Is a scan in a magnet (MRI) planned?', '', {
    yes: consequence(
      'caution',
      'mri',
      'default',
      'Tell the people who scan you that you have a cosmetic tattoo; warmth or tingling has been reported.',
    ),
  }),
  yesNo('laser', 'Is laser hair removal on your scalp or face planned?', '', {
    yes: consequence(
      'caution',
      'laser',
      'trade',
      'A laser heats and lightens the pigment. Keep it away from the treated skin.',
    ),
  }),
  yesNo('pulling', 'Do you pull out hair and find it hard to leave it?', '', {
    yes: consequence(
      'caution',
      'pulling',
      'trade',
      'Help with it first makes the result worth more. We talk about it.',
    ),
  }),
];
