/**
 * A letter or a quote to print: one HTML page of A4 that needs nothing beside itself.
 *
 * HTML and not PDF, because a client's name may be in any script: the fonts are those of whoever opens it, and every
 * browser prints it. Text is escaped; there is no script and nothing is loaded.
 */
export type PaperBlock =
  | { readonly kind: 'paragraph' | 'heading' | 'note'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Questions with lines to write on. */
  | { readonly kind: 'questions'; readonly items: readonly string[] }
  /** Columns after the first are set right, as numbers are. */
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

export interface Paper {
  readonly language: string;
  readonly title: string;
  readonly senderLines: readonly string[];
  readonly dayLine: string;
  readonly subject: string;
  readonly blocks: readonly PaperBlock[];
  /** Names under lines to sign on. */
  readonly signatures: readonly string[];
}

const STYLE = `
@page { size: A4; margin: 22mm 20mm; }
body { font: 11pt/1.5 system-ui, sans-serif; color: #1f262e; max-width: 170mm; margin: 12mm auto; padding: 0 6mm; }
header { display: flex; justify-content: space-between; gap: 10mm; margin-bottom: 10mm; color: #56616b; font-size: 9.5pt; }
h1 { font-size: 14pt; margin: 0 0 6mm; color: #1a5766; }
h2 { font-size: 11pt; margin: 6mm 0 2mm; }
p { margin: 0 0 3.5mm; }
.note { color: #56616b; font-size: 9.5pt; }
.room { border-bottom: 0.3mm solid #9aa5ae; height: 8mm; }
table { width: 100%; border-collapse: collapse; margin: 2mm 0 5mm; }
th { text-align: left; font-weight: 500; font-size: 9pt; color: #56616b; }
td, th { padding: 1.6mm 0; border-bottom: 0.2mm solid #d5dade; }
td + td, th + th { text-align: right; padding-left: 5mm; white-space: nowrap; }
.signatures { display: flex; gap: 12mm; margin-top: 18mm; }
.signatures span { flex: 1; border-top: 0.3mm solid #56616b; padding-top: 1.5mm; font-size: 9pt; color: #56616b; }
@media print { body { margin: 0; padding: 0; } }
`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => ENTITIES[letter]!);
const each = (texts: readonly string[], wrap: (text: string) => string): string =>
  texts.map(escaped).map(wrap).join('');

function blockText(block: PaperBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`;
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`;
    case 'note':
      return `<p class="note">${escaped(block.text)}</p>`;
    case 'list':
      return `<ul>${each(block.items, (item) => `<li>${item}</li>`)}</ul>`;
    case 'questions':
      return `<ol>${each(block.items, (item) => `<li>${item}<div class="room"></div><div class="room"></div></li>`)}</ol>`;
    case 'table': {
      const head = each(block.head, (cell) => `<th scope="col">${cell}</th>`);
      const rows = block.rows.map((row) => `<tr>${each(row, (cell) => `<td>${cell}</td>`)}</tr>`).join('');
      return `<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`;
    }
  }
}

export function writePaper({ language, title, senderLines, dayLine, subject, blocks, signatures }: Paper): string {
  return `<!doctype html>
<html lang="${escaped(language)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>
<body>
<header><div>${each(senderLines, (line) => `<div>${line}</div>`)}</div><div>${escaped(dayLine)}</div></header>
<h1>${escaped(subject)}</h1>
${blocks.map(blockText).join('\n')}
${signatures.length ? `<div class="signatures">${each(signatures, (name) => `<span>${name}</span>`)}</div>` : ''}
</body>
</html>
`;
}
