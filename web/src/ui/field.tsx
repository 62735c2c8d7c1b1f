import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { cx } from '../lib/cx.ts';

const control =
  'w-full rounded-md border border-edge bg-paper px-3 text-ink aria-invalid:border-bad disabled:opacity-60';

type FieldProps = {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly className?: string;
  readonly children: (ids: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': true | undefined;
  }) => ReactNode;
};

/** A control with its label, what it is for, and what is wrong with it. */
export function Field({ label, hint, problem, className, children }: FieldProps) {
  const id = useId();
  const describedBy = [
    problem === undefined ? null : `${id}-problem`,
    hint === undefined ? null : `${id}-hint`,
  ]
    .filter((one) => one !== null)
    .join(' ');
  return (
    <div className={cx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy === '' ? undefined : describedBy,
        'aria-invalid': problem === undefined ? undefined : true,
      })}
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="text-bad">
          {problem}
        </p>
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="text-quiet">
          {hint}
        </p>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cx(control, 'h-9', className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cx(control, 'min-h-20 py-2', className)} {...rest} />;
}

type Option = { readonly value: string; readonly label: string };

/** The platform's own list of choices: the best there is for keys, touch and screen readers. */
export function Select({
  options,
  className,
  ...rest
}: ComponentProps<'select'> & { readonly options: readonly Option[] }) {
  return (
    <select className={cx(control, 'h-9 pr-8', className)} {...rest}>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

type TextFieldProps = Omit<ComponentProps<'input'>, 'id'> &
  Pick<FieldProps, 'label' | 'hint' | 'problem'>;

export function TextField({ label, hint, problem, className, ...rest }: TextFieldProps) {
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      problem={problem}
      {...(className === undefined ? {} : { className })}
    >
      {(ids) => <Input {...ids} {...rest} />}
    </Field>
  );
}

type SelectFieldProps = Omit<ComponentProps<typeof Select>, 'id'> &
  Pick<FieldProps, 'label' | 'hint' | 'problem'>;

export function SelectField({ label, hint, problem, className, ...rest }: SelectFieldProps) {
  return (
    <Field
      label={label}
      {...(hint === undefined ? {} : { hint })}
      problem={problem}
      {...(className === undefined ? {} : { className })}
    >
      {(ids) => <Select {...ids} {...rest} />}
    </Field>
  );
}

export function CheckField({
  label,
  hint,
  ...rest
}: Omit<ComponentProps<'input'>, 'id' | 'type'> & {
  readonly label: string;
  readonly hint?: string;
}) {
  const id = useId();
  return (
    <div className="flex gap-2.5">
      <input
        id={id}
        type="checkbox"
        className="mt-1 size-4 shrink-0 accent-accent"
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
      />
      <div>
        <label htmlFor={id}>{label}</label>
        {hint === undefined ? null : (
          <p id={`${id}-hint`} className="text-quiet">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
