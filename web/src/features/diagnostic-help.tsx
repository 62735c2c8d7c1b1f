import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { Loading } from '../ui/states.tsx';
import { sectionOf } from './diagnostic-section.ts';

const readPage = async () =>
  (await import('../../../docs/destiny-script-diagnostics.md?raw')).default;

/** The code of a remark; pressed, it shows the page of the language about it. */
export function DiagnosticHelp({ code }: { readonly code: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="font-mono text-[13px] text-accent-text underline"
        aria-label={`What ${code} means`}
        onClick={() => setOpen(true)}
      >
        {code}
      </button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={code}>
        {isOpen ? <Explained code={code} /> : null}
      </Dialog>
    </>
  );
}

function Explained({ code }: { readonly code: string }) {
  const page = useQuery({ queryKey: ['diagnostics'], queryFn: readPage, staleTime: Infinity });
  if (page.data === undefined) return <Loading lines={4} />;
  const parts = sectionOf(page.data, code);
  if (parts.length === 0) return <p>There is no example of it yet.</p>;
  return (
    <div className="space-y-3">
      {parts.map(({ kind, text }) =>
        kind === 'code' ? (
          <pre
            key={text}
            className="whitespace-pre-wrap rounded-md bg-sunken p-3 font-mono text-[13px] break-words"
          >
            {text}
          </pre>
        ) : (
          <p key={text}>{text}</p>
        ),
      )}
    </div>
  );
}
