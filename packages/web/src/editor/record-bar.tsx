interface RecordBarProps {
  readonly isUnreachable: boolean;
  /** What there is to say about the plan that was opened. */
  readonly words: readonly string[];
  /** Null once there are photos. */
  readonly onPhotos: (() => void) | null;
}

/** Above the steps, when the page was opened for a client of the studio. */
export function RecordBar({ isUnreachable, words, onPhotos }: RecordBarProps) {
  return (
    <div class="record-bar" role="status">
      {words.map((sentence) => (
        <p key={sentence} class="hint">
          {sentence}
        </p>
      ))}
      {isUnreachable && <p class="fault">The studio’s computer does not answer. See that it runs and try again.</p>}
      {onPhotos && (
        <button type="button" class="button" onClick={onPhotos}>
          Take the photos of the record
        </button>
      )}
    </div>
  );
}
