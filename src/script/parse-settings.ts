import { CLASS_NAMES } from '../flow/names.ts';
import { checked, isZone } from '../flow/speak/calendar.ts';
import type { Channel, OpenHours } from '../flow/types.ts';
import type { HeaderAst } from './ast.ts';
import { type DirectiveLine, expectEnd, refuse } from './directive-arguments.ts';
import type { Name, Span } from './source.ts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const HOURS_FORM = '`open`, days and times, such as `open mon-fri 09:00-17:30 except 2026-12-25`';

/** "@channels" , channel , { "," , channel } ; channel = "voice" | "sms" */
export function readChannels(line: DirectiveLine, header: HeaderAst): void {
  const channels: { name: Channel; span: Span }[] = [];
  do {
    const word = line.cursor.takeWord('voice', 'sms');
    if (word === null) {
      refuse(line, '`voice`, `sms` or both with a `,`');
      return;
    }
    channels.push({ name: word.text === 'sms' ? 'sms' : 'voice', span: word.span });
  } while (line.cursor.takeSymbol(',') !== null);
  header.channels = channels;
  expectEnd(line);
}

/** "@timezone" , area , "/" , place */
export function readTimezone(line: DirectiveLine, header: HeaderAst): void {
  if (/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(line.raw) && isZone(line.raw)) {
    header.timezone = line.raw;
  } else {
    expectRaw(line, 'a time zone, such as `America/New_York`');
  }
}

/** "@hours" , "open" , days , times , { "," , days , times } , [ "except" , day , { "," , day } ] */
export function readHours(line: DirectiveLine, header: HeaderAst): void {
  const [, opening, exceptions] = /^open\s+(.+?)(?:\s+except\s+(.+))?$/is.exec(line.raw) ?? [];
  const open = opening?.split(',').map((part) => readOpening(part.trim()));
  const except = exceptions?.split(/[\s,]+/).filter((day) => day !== '') ?? [];
  if (open === undefined || !except.every(isDay)) {
    expectRaw(line, HOURS_FORM);
    return;
  }
  const known: OpenHours[] = [...(header.hours?.open ?? [])];
  for (const hours of open) {
    if (hours === null) {
      expectRaw(line, HOURS_FORM);
      return;
    }
    known.push(hours);
  }
  header.hours = { open: known, except: [...(header.hours?.except ?? []), ...except] };
}

/** "@keywords" , "@" , ident , phrase , { "," , phrase } */
export function readKeywords(line: DirectiveLine, header: HeaderAst): void {
  const name = line.cursor.take('class');
  if (name === null) {
    refuse(line, 'a name and phrases, such as `@promise "I\'ll pay", "next week"`');
    return;
  }
  const key = name.text.slice(1);
  if (header.keywords.has(key) || CLASS_NAMES.some((known) => known === key)) {
    line.report('DS111', name.span, `\`${name.text}\` is a class already.`);
    return;
  }
  const phrases: Name[] = [];
  do {
    const phrase = line.cursor.token.isOpen === true ? null : line.cursor.take('string');
    if (phrase === null) {
      refuse(line, 'phrases in quotes with a `,` between them');
      return;
    }
    const text = phrase.text.replace(/\\(.)/g, '$1').trim();
    if (/[\p{L}\p{N}]/u.test(text)) phrases.push({ text, span: phrase.span });
    else
      line.report('DS121', phrase.span, 'This phrase is empty: write the words a caller may say.');
  } while (line.cursor.takeSymbol(',') !== null);
  header.keywords.set(key, { span: name.span, phrases });
  expectEnd(line);
}

/** "@pronounce" , text , IPA */
export function readPronounce(line: DirectiveLine, header: HeaderAst): void {
  const word = line.cursor.token.isOpen === true ? null : line.cursor.take('string');
  const sounds = word === null ? '' : line.raw.slice(word.span.end - line.rawStart).trim();
  const ipa = sounds.replace(/^["/[]|["/\]]$/g, '').trim();
  if (word === null || word.text.trim() === '' || ipa === '') {
    refuse(line, 'a word in quotes and how it sounds, such as `"Acme" \u02c8\u00e6kmi`');
    return;
  }
  header.pronunciations.set(word.text.trim(), ipa);
}

function readOpening(text: string): OpenHours | null {
  const [, first = '', last, from = '', to = ''] =
    /^(\w+)(?:\s*-\s*(\w+))?\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(text) ?? [];
  const start = dayOf(first);
  const end = last === undefined ? start : dayOf(last);
  const [opens, closes] = [minutesOf(from), minutesOf(to)];
  if (start < 0 || end < 0 || opens === null || closes === null || opens >= closes) return null;
  const days = first.toLowerCase() === 'daily' ? 7 : ((end - start + 7) % 7) + 1;
  return {
    days: Array.from({ length: days }, (_, i) => (start + i) % 7),
    from: opens,
    to: closes,
  };
}

function dayOf(text: string): number {
  const word = text.toLowerCase();
  return word === 'daily' ? 0 : DAYS.indexOf(word.slice(0, 3));
}

/** `24:00` is the end of a day. */
function minutesOf(text: string): number | null {
  const [hours = Number.NaN, minutes = Number.NaN] = text.split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= 1440 ? total : null;
}

function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && checked(year, month, day, null) !== null;
}

function expectRaw({ name, raw, rawStart, span, report }: DirectiveLine, expected: string): void {
  const place = raw === '' ? span : { start: rawStart, end: rawStart + raw.length };
  report('DS111', place, `\`@${name}\` expects ${expected}.`);
}
