import { CircleHelp } from 'lucide-react';
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

export function Tip({
  text,
  children,
}: {
  readonly text: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-[13px] text-paper shadow-lg"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** What a word means, for who asks. */
export function Help({ about, text }: { readonly about: string; readonly text: string }) {
  return (
    <Tip text={text}>
      <button
        type="button"
        aria-label={`What is ${about}?`}
        className="relative z-10 inline-grid size-6 place-items-center rounded-full text-quiet hover:text-ink"
      >
        <CircleHelp className="size-3.5" aria-hidden />
      </button>
    </Tip>
  );
}
