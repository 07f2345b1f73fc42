import { describe, expect, it } from 'vitest';
import { testApp } from '../http/testing/test-app.ts';
import { gateFor, gateOf, type LatestScreening } from './screening-gate.ts';

const screening = (rest: Partial<LatestScreening> = {}): LatestScreening => ({
  outcome: 'clear',
  deferUntil: null,
  needsNote: false,
  noteVerdict: null,
  noteWaitUntil: null,
  ...rest,
});
const DAY = '2027-03-10';

describe('gateOf', () => {
  it('is shut without a screening, by a stop, by a missing note and until the last wait is over', () => {
    expect(gateOf([], DAY).isOpen).toBe(false);
    expect(gateOf([screening()], DAY).isOpen).toBe(true);
    expect(gateOf([screening(), screening({ outcome: 'stop' })], DAY).isOpen).toBe(false);
    expect(gateOf([screening({ needsNote: true })], DAY).isOpen).toBe(false);
    const waits = ['2027-03-11', '2027-03-20'].map((deferUntil) => screening({ outcome: 'defer', deferUntil }));
    expect(gateOf(waits, DAY)).toMatchObject({ isOpen: false, from: '2027-03-20' });
    expect(gateOf(waits, '2027-03-20').isOpen).toBe(true);
  });
});

describe("a doctor's note", () => {
  const note = (noteVerdict: LatestScreening['noteVerdict'], noteWaitUntil: string | null = null) =>
    screening({ needsNote: true, noteVerdict, noteWaitUntil });

  it('opens as it says: at once, from its day on, or never', () => {
    expect(gateOf([note('yes')], DAY).isOpen).toBe(true);
    expect(gateOf([note('no')], DAY)).toEqual({ isOpen: false, why: 'the doctor advises against it', from: null });
    const why = 'the doctor says wait until Thu 11 Mar 2027';
    expect(gateOf([note('wait', '2027-03-11')], DAY)).toEqual({ isOpen: false, why, from: '2027-03-11' });
    expect(gateOf([note('wait', '2027-03-11')], '2027-03-11').isOpen).toBe(true);
  });

  it('waits with the screening, whichever is longer, and does not lift a stop', () => {
    const both = { ...note('wait', '2027-03-11'), outcome: 'defer', deferUntil: '2027-03-15' };
    expect(gateOf([both], DAY)).toMatchObject({ from: '2027-03-15' });
    expect(gateOf([{ ...both, deferUntil: '2027-03-09' }], DAY)).toMatchObject({ from: '2027-03-11' });
    expect(gateOf([{ ...note('yes'), outcome: 'stop' }], DAY).isOpen).toBe(false);
  });
});

describe('gateFor', () => {
  it('lets what a client answers alone tighten what the studio took, never loosen it', async () => {
    const app = await testApp();
    const owner = await app.owner();
    const { studioId } = (await owner.get('/me')).body;
    const profile = { name: 'Gail Gate' };
    const { id: clientId } = (await owner.post('/clients', { status: 'active', profile })).body;
    let minute = 0;
    const take = (byClient: boolean, rest: Partial<LatestScreening>) =>
      app.storage.inStudio(studioId, (tx) => {
        const row = screening(rest);
        const takenAt = new Date(Date.UTC(2027, 2, 1, 9, minute++));
        const id = `01900000-0000-7000-8000-${String(minute).padStart(12, '0')}`;
        const values = { studioId, id, clientId, askedVersion: 1, sealed: Buffer.from('x'), byClient, takenAt, ...row };
        return tx.insertInto('screenings').values(values).execute();
      });
    const isOpen = async () =>
      (await app.storage.inStudio(studioId, (tx) => gateFor(tx, studioId, clientId, DAY))).isOpen;
    await take(true, {});
    expect(await isOpen()).toBe(true);
    await take(false, { outcome: 'stop' });
    await take(true, {});
    expect(await isOpen()).toBe(false);
    await take(false, {});
    expect(await isOpen()).toBe(true);
    await take(true, { outcome: 'stop' });
    expect(await isOpen()).toBe(false);
    await take(false, {});
    expect(await isOpen()).toBe(true);
  });
});
