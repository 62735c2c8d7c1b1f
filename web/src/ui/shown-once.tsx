import { useState } from 'react';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';

/** A secret that nobody can read again. */
export function ShownOnce({
  title,
  description,
  value,
  onClose,
}: {
  readonly title: string;
  readonly description: string;
  readonly value: string;
  readonly onClose: () => void;
}) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <Dialog isOpen onClose={onClose} title={title} description={description}>
      <p className="rounded-md bg-hover p-3 font-mono text-[13px] break-all select-all">{value}</p>
      <DialogActions>
        <Button onClick={() => void copy().catch(() => undefined)}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
        <Button tone="primary" onClick={onClose}>
          I have it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
