import { TextField } from '../parts/fields.tsx';

interface PasswordFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** For a password that is being chosen. */
export function PasswordField({ label = 'Password', value, onChange }: PasswordFieldProps) {
  return (
    <TextField
      label={label}
      type="password"
      autocomplete="new-password"
      minLength={12}
      hint="At least 12 characters. Several words of your own are easier to keep than one odd one."
      value={value}
      onChange={onChange}
    />
  );
}
