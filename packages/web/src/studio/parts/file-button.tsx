import { useRef } from 'preact/hooks';

interface FileButtonProps {
  /** On the button. */
  readonly children: string;
  /** What the file is, for who cannot see the button. */
  readonly label: string;
  /** As the input's `accept`. */
  readonly accept: string;
  readonly onChosen: (file: File) => void;
  readonly isSolid?: boolean;
  readonly isDisabled?: boolean;
}

/** A button that asks for one file; the same file may be chosen again. */
export function FileButton({ children, label, accept, onChosen, isSolid, isDisabled }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        class="visually-hidden"
        tabIndex={-1}
        aria-label={label}
        accept={accept}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) onChosen(file);
        }}
      />
      <button
        type="button"
        class={isSolid ? 'button button-solid' : 'button'}
        disabled={isDisabled}
        onClick={() => input.current?.click()}
      >
        {children}
      </button>
    </>
  );
}
