import type { RefObject } from 'preact';

interface FileInputProps {
  /** For the button that opens it. */
  readonly input: RefObject<HTMLInputElement | null>;
  readonly id: string;
  readonly label: string;
  readonly accept: string;
  readonly onChosen: (file: File) => void;
}

/** Asks for one file, unseen; the same file may be chosen again. */
export function FileInput({ input, id, label, accept, onChosen }: FileInputProps) {
  return (
    <input
      ref={input}
      id={id}
      type="file"
      aria-label={label}
      accept={accept}
      hidden
      onChange={({ currentTarget }) => {
        const [file] = currentTarget.files ?? [];
        currentTarget.value = '';
        if (file) onChosen(file);
      }}
    />
  );
}
