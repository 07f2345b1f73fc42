import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { WireRefusal } from '../../api/refusal-of.ts';

interface RefusalNoticeProps {
  readonly refusal: WireRefusal | null;
  /** A way on, when there is one. */
  readonly children?: ComponentChildren;
}

/** What was refused, where it was refused: what is wrong and what to do. Comes into view and is read out. */
export function RefusalNotice({ refusal, children }: RefusalNoticeProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (refusal) box.current?.scrollIntoView({ block: 'nearest' });
  }, [refusal]);
  if (!refusal) return null;
  return (
    <div class="refusal" role="alert" data-code={refusal.code} ref={box}>
      <p>
        <strong>{refusal.reason}</strong>
      </p>
      {refusal.detail && <p class="refusal-detail">{refusal.detail}</p>}
      <p>{refusal.remedy}</p>
      {children}
    </div>
  );
}
