import type { FormatName } from '../flow/types.ts';
import type { Report } from './diagnostic.ts';
import { FORMAT_NAMES } from './directives.ts';
import type { Span } from './source.ts';
import { nearest } from './suggest.ts';

/** format = name , [ arg ] ; null after a fault, which has been reported. */
export function parseFormat(
  text: string,
  span: Span,
  report: Report,
): { readonly name: FormatName; readonly arg?: string } | null {
  const [word = '', ...rest] = text.split(/\s+/);
  const name = FORMAT_NAMES.find((known) => known === word);
  if (name === undefined) {
    report('DS134', span, `\`${word}\` is not a format.`, nearest(word, FORMAT_NAMES));
    return null;
  }
  const arg = rest.join(' ');
  if (arg === '') return { name };
  const expected = ARGUMENTS[name];
  if (expected?.pattern.test(arg)) return { name, arg };
  const what = expected === undefined ? 'no argument' : expected.says;
  report('DS134', span, `The format \`${name}\` takes ${what}, not \`${arg}\`.`);
  return null;
}

const ARGUMENTS: Partial<Readonly<Record<FormatName, { pattern: RegExp; says: string }>>> = {
  date: { pattern: /^(?:short|long)$/, says: '`short` or `long`' },
  digits: { pattern: /^[1-9]$/, says: 'the length of a group, such as `3`' },
  currency: { pattern: /^[A-Za-z]{3}$/, says: 'a currency, such as `USD`' },
};
