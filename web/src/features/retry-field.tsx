import { TextField } from '../ui/field.tsx';

export type RetryCheck = { readonly seconds: readonly number[] } | { readonly problem: string };

const MOST = 10;
const LONGEST_MINUTES = 7 * 24 * 60;

/** Minutes after each failed try, separated by commas; nothing means no second try. */
export function checkRetries(text: string): RetryCheck {
  const parts = text.split(',').map((part) => part.trim());
  const given = parts.length === 1 && parts[0] === '' ? [] : parts;
  if (given.length > MOST) return { problem: `At most ${MOST} further tries.` };
  const minutes = given.map(Number);
  if (minutes.some((n) => !(n > 0 && n <= LONGEST_MINUTES))) {
    return { problem: 'Write minutes separated by commas, such as 10, 30, 120.' };
  }
  return { seconds: minutes.map((n) => Math.max(1, Math.round(n * 60))) };
}

export function RetryField({
  value,
  onChange,
  check,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly check: RetryCheck;
}) {
  return (
    <TextField
      label="Try again after (minutes)"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      problem={'problem' in check ? check.problem : undefined}
      hint="One entry for each further try, counted from the end of the last one."
      inputMode="numeric"
    />
  );
}
