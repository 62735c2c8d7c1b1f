import { FileUp } from 'lucide-react';
import { type DragEvent, useId, useState } from 'react';
import { cx } from '../lib/cx.ts';

/** Takes one file, dropped or chosen. */
export function DropZone({
  label,
  hint,
  accept,
  isBusy,
  onFile,
}: {
  readonly label: string;
  readonly hint: string;
  readonly accept: string;
  readonly isBusy: boolean;
  readonly onFile: (file: File) => void;
}) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined && !isBusy) onFile(file);
  };
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex cursor-pointer flex-col items-center gap-1 rounded-lg border border-dashed px-6 py-10 text-center transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent-text',
        isOver ? 'border-accent-text bg-accent-soft' : 'border-edge bg-raised hover:bg-hover',
        isBusy && 'opacity-60',
      )}
    >
      <FileUp className="mb-1 size-5 text-quiet" aria-hidden />
      <span className="font-medium">{isBusy ? 'Sending the file ...' : label}</span>
      <span className="text-quiet">{hint}</span>
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={isBusy}
        className="sr-only"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </label>
  );
}
