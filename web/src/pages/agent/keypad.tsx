import { useState } from 'react';
import { Button } from '../../ui/button.tsx';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Tones for a machine at the other end. Its keys are those of the keyboard, too. */
export function Keypad({ onKey }: { readonly onKey: (digit: string) => void }) {
  const [sent, setSent] = useState('');
  const press = (key: string) => {
    onKey(key);
    setSent((before) => before + key);
  };
  return (
    <fieldset
      className="w-fit space-y-2"
      onKeyDown={({ key }) => {
        if (KEYS.includes(key)) press(key);
      }}
    >
      <legend className="sr-only">Keypad</legend>
      <output className="block min-h-6 font-mono tracking-widest" aria-label="Keys sent">
        {sent}
      </output>
      <div className="grid grid-cols-3 gap-1.5">
        {KEYS.map((key) => (
          <Button key={key} className="h-11 w-16 font-mono text-base" onClick={() => press(key)}>
            {key}
          </Button>
        ))}
      </div>
    </fieldset>
  );
}
