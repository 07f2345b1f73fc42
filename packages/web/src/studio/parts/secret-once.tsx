import { useState } from 'preact/hooks';

interface SecretOnceProps {
  readonly words: string;
  readonly secret: string;
}

/** Something that is shown once and is as good as a key: a link, a token. */
export function SecretOnce({ words, secret }: SecretOnceProps) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    // Absent where the page was opened without https; the text can still be selected.
    await navigator.clipboard?.writeText(secret);
    setIsCopied(true);
  };
  return (
    <div class="secret" role="status">
      <p>{words}</p>
      <code class="secret-text" tabIndex={0}>
        {secret}
      </code>
      {'clipboard' in navigator && (
        <button type="button" class="button" onClick={() => void copy()}>
          {isCopied ? 'Copied' : 'Copy'}
        </button>
      )}
    </div>
  );
}
