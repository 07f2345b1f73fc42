import { describe, expect, it } from 'vitest';
import { ballHead } from './heads/testing/ball.ts';
import { reportRecords, reportText } from './report.ts';
import type { Report } from './report.ts';

const REPORT: Report = {
  version: '1.2.3',
  heads: [ballHead(90)],
  missing: [{ name: 'CT', reason: 'Cranium.inv3 is not there' }],
  tables: [
    {
      id: 'area',
      title: '1. Area',
      about: 'Of a ball.',
      header: ['head', 'error'],
      rows: [['ball', '+1.0 %']],
      notes: ['A note.'],
      records: [{ head: 'ball', error: 0.0123456789, refused: NaN }],
    },
  ],
};

describe('the report', () => {
  it('shows every head, those that are missing and why, and every table', () => {
    const text = reportText(REPORT);
    expect(text).toContain('# Validation of Stipple 1.2.3');
    expect(text).toContain('| ball | made here | no |');
    expect(text).toContain('| CT | missing: Cranium.inv3 is not there | |');
    expect(text).toContain('| ball | +1.0 % |');
    expect(text).toContain('- A note.');
  });

  it('keeps every result with five digits, and no geometry', () => {
    const { tables, heads } = JSON.parse(reportRecords(REPORT)) as {
      tables: { records: object[] }[];
      heads: object[];
    };
    expect(tables[0].records).toEqual([{ head: 'ball', error: 0.012346, refused: null }]);
    expect(heads).toEqual([{ name: 'ball', source: 'made here', isFitted: false }]);
  });
});
