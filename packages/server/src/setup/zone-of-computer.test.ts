import { afterEach, expect, test } from 'vitest';
import { zoneOfComputer } from './zone-of-computer.ts';

const own = process.env.TZ;
afterEach(() => {
  // Node tells its engine whenever this changes.
  if (own === undefined) delete process.env.TZ;
  else process.env.TZ = own;
});

test.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['', null],
  ['Foo/Bar', null],
])('with TZ set to "%s" the zone of the computer is %s', (tz, zone) => {
  process.env.TZ = tz;
  expect(zoneOfComputer()).toBe(zone);
});
