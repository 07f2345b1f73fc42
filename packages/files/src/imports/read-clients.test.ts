import { describe, expect, it } from 'vitest';
import { readAppointments } from './read-appointments.ts';
import { readClients } from './read-clients.ts';
import { dayOrderOf, readDay, readMinute } from './read-day.ts';
import { readTable } from './read-table.ts';

const table = (text: string) => readTable(new TextEncoder().encode(text));

describe('readTable', () => {
  it('finds the separator and keeps separators within quotation marks', () => {
    for (const mark of [',', ';', '\t', '|']) {
      const { headings, rows } = table(`Name${mark}Notes\n"Miller${mark} Ann"${mark}"says ""no"""\nBob${mark}\n`);
      expect(headings).toEqual(['Name', 'Notes']);
      expect(rows).toEqual([
        [`Miller${mark} Ann`, 'says "no"'],
        ['Bob', ''],
      ]);
    }
  });

  it('reads UTF-8 with and without a mark, UTF-16 and Windows-1252', () => {
    const text = 'Name,Ort\nJürgen,Köln\n';
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer),
    ]);
    const windows = Uint8Array.from(text, (c) => c.charCodeAt(0));
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]);
    for (const bytes of [new TextEncoder().encode(text), marked, utf16, windows]) {
      expect(readTable(bytes)).toEqual({ headings: ['Name', 'Ort'], rows: [['Jürgen', 'Köln']] });
    }
  });

  it('fills short rows, drops empty ones and refuses what is no table', () => {
    expect(table('a,b,c\n1\n\n ,, \n1,2,3,4\n').rows).toEqual([
      ['1', '', ''],
      ['1', '2', '3'],
    ]);
    for (const wrong of ['', '  \n ', 'PK\u0003\u0004\0\0', `a\n"${'x'.repeat(20_001)}`]) {
      expect(() => table(wrong)).toThrow(expect.objectContaining({ code: 'file-unusable' }));
    }
  });
});

describe('days and hours', () => {
  it('settles the order of day and month by the whole column', () => {
    expect(dayOrderOf(['03.04.2026', '13.04.2026'])).toBe('dmy');
    expect(dayOrderOf(['3/4/26', '3/14/26'])).toBe('mdy');
    expect(dayOrderOf(['2026-02-28'])).toBe('ymd');
    expect(dayOrderOf(['3/4/2026', ''])).toBe('ambiguous');
    expect(dayOrderOf(['3/3/2026'])).toBe('dmy');
    expect(dayOrderOf(['13.04.2026', '05.06.2026', '99.99.2026'])).toBe('dmy');
    // A year in front is no question.
    expect(dayOrderOf(['14.03.1979', '1968-07-30', '02.11.1985'])).toBe('dmy');
    expect(readDay('1968-07-30', 'dmy')).toBe('1968-07-30');
    expect(readDay('14.03.1979', 'ymd')).toBeNull();
    expect(readDay('29.02.2027', 'dmy')).toBeNull();
    expect(readDay('29.02.2028', 'dmy')).toBe('2028-02-29');
    expect(readDay('1/2/49', 'mdy')).toBe('2049-01-02');
    expect(readDay('1/2/50', 'mdy')).toBe('1950-01-02');
  });

  it('reads hours of both halves of the day', () => {
    const hours = { '9:30': 570, '09:30:00': 570, '9:30 pm': 1290, '12:00 am': 0, '12:15 PM': 735, '14h05': 845 };
    for (const [text, minute] of Object.entries(hours)) expect(readMinute(text)).toBe(minute);
    expect(readMinute('2026-03-04T16:45')).toBe(1005);
    for (const wrong of ['', '25:00', '13:00 pm', 'noon']) expect(readMinute(wrong)).toBeNull();
  });
});

describe('readClients', () => {
  it('knows the headings of other programs and joins first and last names', () => {
    const { columns, rows } = readClients(
      table('Vorname;Nachname;E-Mail;Geburtstag;Geschlecht;Kundennr.\nEva;Muster;EVA@example.org;13.5.1980;w;17\n'),
    );
    expect(columns.map(({ field }) => field)).toEqual(['firstName', 'lastName', 'email', 'bornOn', 'sex', null]);
    expect(rows[0]!.value).toMatchObject({
      name: 'Eva Muster',
      email: 'eva@example.org',
      bornOn: '1980-05-13',
      sex: 'f',
    });
  });

  it('puts an address together, and knows a stage however it is written', () => {
    const { rows } = readClients(
      table('Name,Street,Zip,City,Hair loss\nAnn,1 Hill,28195,Bremen,Norwood V\nBo,,,Bremen,NW 3\nCy,,,,thin on top\n'),
    );
    expect(rows.map(({ value }) => [value!.address, value!.presentation])).toEqual([
      ['1 Hill, 28195 Bremen', 'norwood-5'],
      ['Bremen', 'norwood-3'],
      ['', 'thin on top'],
    ]);
  });

  it('names what is wrong with a row and keeps none of it', () => {
    const { rows } = readClients(table('Name,Email,Phone,DOB\n,a@b.co,,\nAnn,nobody,12,1.1.1980\nBo,,,31.31.1990\n'));
    expect(rows.map(({ value }) => value)).toEqual([null, null, null]);
    expect(rows[1]!.problems).toHaveLength(2);
    expect(rows[1]!.problems.join(' ')).toContain('"nobody" is not an e-mail address');
  });

  it('takes the columns that a person chose', () => {
    const { rows } = readClients(table('Name,Who\nHouse 3,Ann Lee\n'), { Name: '', Who: 'name' });
    expect(rows[0]!.value!.name).toBe('Ann Lee');
  });
});

describe('readAppointments', () => {
  it('reads day, hour and length from one or two columns', () => {
    const { rows } = readAppointments(
      table(
        'Client,Start,End,Staff,Service,Status\nAnn Lee,2026-03-04 09:30,2026-03-04 13:00,Kim,SMP session 1,Completed\n' +
          'Bo Ek,2026-03-05 10:00,2026-03-05 10:45,,Consultation,Cancelled by client\n',
      ),
    );
    expect(rows.map(({ value }) => value)).toMatchObject([
      { client: 'Ann Lee', day: '2026-03-04', startMinute: 570, minutes: 210, practitioner: 'Kim', kind: 'session' },
      { kind: 'consultation', isCancelled: true, minutes: 45 },
    ]);
  });

  it('joins first and last names, and says once in a row when no column is the date', () => {
    const { rows } = readAppointments(
      table('Vorname,Nachname,Datum,Von,Bis\nAnn,Lee,5.3.2026,9:00,10:00\nBo,Ek,13.3.2026,9:00,10:00\n'),
    );
    expect(rows[0]!.value).toMatchObject({ client: 'Ann Lee', day: '2026-03-05', minutes: 60 });
    const without = readAppointments(table('Name,When\nAnn Lee,2026-03-05\n'));
    expect(without.rows[0]!.problems).toEqual(['No column is the date: choose above which one is.']);
  });

  it('refuses rows without client, date, hour or length, each by name', () => {
    const { rows } = readAppointments(
      table('Client,Date,Time,Minutes\n,2026-01-01,9:00,60\nAnn,,,\nBo,2026-01-01,9:00,2000\n'),
    );
    expect(rows.map(({ value }) => value)).toEqual([null, null, null]);
    expect(rows[1]!.problems).toHaveLength(3);
    expect(rows[2]!.problems).toEqual(['A length of 2000 minutes.']);
  });
});
