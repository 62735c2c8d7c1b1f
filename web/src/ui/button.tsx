import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

export const buttonStyle = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium transition-colors select-none disabled:cursor-not-allowed disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        plain: 'border-line bg-raised text-ink hover:bg-hover',
        primary: 'border-transparent bg-accent text-accent-ink hover:brightness-110',
        danger: 'border-transparent bg-bad-fill text-white hover:brightness-110',
        quiet: 'border-transparent bg-transparent text-quiet hover:bg-hover hover:text-ink',
      },
      size: {
        medium: 'h-9 px-3.5',
        small: 'h-8 px-2.5 text-[13px]',
        icon: 'size-9',
      },
    },
    defaultVariants: { tone: 'plain', size: 'medium' },
  },
);

type Props = ComponentProps<'button'> &
  VariantProps<typeof buttonStyle> & {
    readonly asChild?: boolean;
    /** Shows that it works on it, and takes no second press. */
    readonly isBusy?: boolean;
  };

export function Button({
  tone,
  size,
  className,
  asChild = false,
  isBusy = false,
  children,
  ...rest
}: Props) {
  const look = buttonStyle({ tone, size, className });
  if (asChild) {
    return (
      <Slot.Root className={look} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={look}
      {...rest}
      disabled={rest.disabled === true || isBusy}
      aria-busy={isBusy || undefined}
    >
      {isBusy ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
      {children}
    </button>
  );
}
