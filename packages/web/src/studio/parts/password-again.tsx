import { TextField } from './fields.tsx';

interface PasswordAgainProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Before what a signed-in browser left open must not give away. */
export const PasswordAgain = ({ value, onChange }: PasswordAgainProps) => (
  <TextField
    label="Your password, once more"
    type="password"
    autocomplete="current-password"
    value={value}
    onChange={onChange}
  />
);
