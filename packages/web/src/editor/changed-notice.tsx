interface ChangedNoticeProps {
  /** What differs between the plan's order and the form, in words. */
  readonly parts: readonly string[];
  /** What the plan shown means for the place where this stands. */
  readonly meaning: string;
  /** Null while the form cannot be used. */
  readonly onAgain: (() => void) | null;
}

/** Said wherever a plan is looked at or taken away that is not the one the form asks for. */
export function ChangedNotice({ parts, meaning, onAgain }: ChangedNoticeProps) {
  return (
    <div class="warning changed">
      <p>
        The form has changed since this plan was made ({parts.join(', ')}). {meaning}
      </p>
      <button type="button" class="button" disabled={!onAgain} onClick={() => onAgain?.()}>
        Make it again
      </button>
    </div>
  );
}
