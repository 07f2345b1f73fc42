import type { ComponentChildren } from 'preact';

interface EntryPageProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of all that comes before being signed in: one thing to do, and the name it belongs to. */
export function EntryPage({ title, lead, children }: EntryPageProps) {
  return (
    <div class="page">
      <header class="top">
        <a class="brand" href="/" aria-label="Stipple, the planning page">
          <img src="/icon.svg" alt="" width="38" height="38" />
          <span class="brand-name">Stipple</span>
        </a>
      </header>
      <div class="rule" aria-hidden="true" />
      <main class="entry">
        <img class="entry-art" src="/stippled.svg" alt="" width="240" height="300" />
        <div class="entry-card">
          <h1>{title}</h1>
          {lead && <p class="entry-lead">{lead}</p>}
          {children}
        </div>
      </main>
    </div>
  );
}
