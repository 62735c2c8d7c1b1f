import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLASS_NAMES } from './names.ts';
import type { Labelled } from './quality.fixture.ts';
import type { ClassName } from './types.ts';

/** The classes of the node that the telephone corpus is spoken to. */
export const PHONE_CLASSES = CLASS_NAMES.filter((name) => name !== 'number');

/** Every second line is for testing and was never looked at while rules were written. */
export function phoneCorpus(): {
  readonly tuning: readonly string[];
  readonly testing: readonly string[];
} {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/phone.txt'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return {
    tuning: lines.filter((_, i) => i % 2 === 0),
    testing: lines.filter((_, i) => i % 2 === 1),
  };
}

export function labelled(line: string): Labelled {
  const [label = '', text = ''] = line.split('\t');
  return { text, wanted: classOf(label) };
}

function classOf(label: string): ClassName | null {
  return CLASS_NAMES.find((name) => name === label) ?? null;
}
