/** The few kinds of fields all forms are made of: a label above, a hint below, and large enough for a thumb. */
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly isOptional?: boolean;
  /** Several widths stand side by side where there is room. */
  readonly width?: 'short' | 'medium' | 'full';
}

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'tel' | 'password' | 'date' | 'time' | 'search' | 'number';
  readonly autocomplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel';
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: string;
  readonly max?: string;
  readonly step?: string;
  readonly unit?: string;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, isOptional, width = 'full', value, onChange, type = 'text', unit, isDisabled, ...rest } = props;
  const id = useId();
  // The types of inputs tell every kind apart; here they are alike.
  const kind = { type } as InputHTMLAttributes<HTMLInputElement>;
  const input = (
    <input
      {...kind}
      id={id}
      value={value}
      required={!isOptional}
      disabled={isDisabled}
      aria-describedby={hint ? hintOf(id) : undefined}
      onInput={(event) => onChange(event.currentTarget.value)}
      {...rest}
    />
  );
  return (
    <div class={`field field-${width}`}>
      <Label of={id} text={label} isOptional={isOptional && type !== 'search'} />
      {unit ? (
        <span class="with-unit">
          {input}
          <span class="unit" aria-hidden="true">
            {unit}
          </span>
        </span>
      ) : (
        input
      )}
      <Hint of={id} text={hint} />
    </div>
  );
}

const hintOf = (id: string): string => `${id}-hint`;

interface LabelProps {
  readonly of: string;
  readonly text: string;
  readonly isOptional: boolean | undefined;
}

const Label = ({ of, text, isOptional }: LabelProps) => (
  <label for={of}>
    {text}
    {isOptional && <span class="optional"> optional</span>}
  </label>
);

/** Outside the label: it describes the field, it does not name it. */
const Hint = ({ of, text }: { readonly of: string; readonly text: ComponentChildren }) =>
  text ? (
    <small class="hint" id={hintOf(of)}>
      {text}
    </small>
  ) : null;

interface AreaFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly maxLength?: number;
}

export function AreaField({ label, hint, isOptional, value, onChange, rows = 3, maxLength }: AreaFieldProps) {
  const id = useId();
  return (
    <div class="field field-full">
      <Label of={id} text={label} isOptional={isOptional} />
      <textarea
        id={id}
        rows={rows}
        value={value}
        required={!isOptional}
        maxLength={maxLength}
        aria-describedby={hint ? hintOf(id) : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <Hint of={id} text={hint} />
    </div>
  );
}

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}

export function SelectField<T extends string>(props: SelectFieldProps<T>) {
  const { label, hint, isOptional, width = 'full', value, options, onChange } = props;
  const id = useId();
  return (
    <div class={`field field-${width}`}>
      <Label of={id} text={label} isOptional={isOptional} />
      <select
        id={id}
        value={value}
        aria-describedby={hint ? hintOf(id) : undefined}
        onChange={(event) => onChange(event.currentTarget.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      <Hint of={id} text={hint} />
    </div>
  );
}

interface ChoiceFieldProps<T extends string> {
  readonly legend: string;
  readonly value: T | null;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly isLegendHidden?: boolean;
}

/** A choice of a few that are seen all at once. */
export function ChoiceField<T extends string>({
  legend,
  value,
  options,
  onChange,
  isLegendHidden,
}: ChoiceFieldProps<T>) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend class={isLegendHidden ? 'visually-hidden' : undefined}>{legend}</legend>
      <div class="choices-row">
        {options.map((option) => (
          <label key={option.value} class={option.value === value ? 'on' : ''}>
            <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface CheckFieldProps {
  readonly label: ComponentChildren;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}

export function CheckField({ label, isOn, onChange, isDisabled }: CheckFieldProps) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
