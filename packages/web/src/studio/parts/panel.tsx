import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface PanelProps {
  readonly title: string;
  readonly note?: ComponentChildren;
  /** In the panel's head: what can be done here. */
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
  readonly id?: string;
}

/** A part of a page with a name of its own. */
export function Panel({ title, note, action, children, id }: PanelProps) {
  const titleId = useId();
  return (
    <section class="panel" aria-labelledby={titleId} id={id}>
      <div class="panel-head">
        <div>
          <h2 id={titleId}>{title}</h2>
          {note && <p class="hint">{note}</p>}
        </div>
        {action}
      </div>
      {children}
    </section>
  );
}
