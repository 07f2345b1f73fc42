import { describe, expect, it } from 'vitest';
import { writePaper } from './write-paper.ts';

describe('writePaper', () => {
  it('sets every text as text, whatever is in it, and loads nothing', () => {
    const nasty = `"><script>alert(1)</script>&'`;
    const page = writePaper({
      language: 'en',
      title: nasty,
      senderLines: [nasty],
      dayLine: nasty,
      subject: `Łukasz Nguyễn ${nasty}`,
      blocks: [
        { kind: 'paragraph', text: nasty },
        { kind: 'heading', text: nasty },
        { kind: 'note', text: nasty },
        { kind: 'list', items: [nasty] },
        { kind: 'questions', items: [nasty] },
        { kind: 'table', head: [nasty], rows: [[nasty, nasty]] },
      ],
      signatures: [nasty],
    });
    expect(page).not.toContain('<script');
    expect(page.split('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;')).toHaveLength(14);
    expect(page).toContain('Łukasz Nguyễn');
    expect(page).not.toMatch(/\b(src|href)=|url\(/);
  });
});
