import type { Output } from '../../api/client.ts';
import { count, phone } from '../../lib/format.ts';

type Found = Output<'preflightCampaign'>;
type Note = { readonly key: string; readonly text: string; readonly isQuiet: boolean };

/** In the order of what keeps most people from being called. */
export function notesOf(known: Found): Note[] {
  const { skipped, later, missing, withoutConsent, withoutZone } = known;
  const warn = (key: string, text: string) => ({ key, text, isQuiet: false });
  const quiet = (key: string, n: number, text: string) =>
    n === 0 ? [] : [{ key, text: `${people(n)} ${text}`, isQuiet: true }];
  return [
    ...(known.people === 0 ? [warn('nobody', 'Nobody is in the campaign yet: add people.')] : []),
    ...(known.neverOpens
      ? [warn('hours', 'Its hours lie outside of those in which anybody may be called.')]
      : []),
    ...missing.map(({ variable, people: n }) =>
      warn(
        `missing ${variable}`,
        `${people(n)} ${n === 1 ? 'lacks' : 'lack'} {{${variable}}} and would be left out.`,
      ),
    ),
    ...textNotes(known.texts).map(([key, text]) => warn(key, text)),
    ...known.warnings.map(({ code, message }) => warn(`${code} ${message}`, `${code} ${message}`)),
    ...quiet('suppressed', skipped.suppressed, 'asked not to be called.'),
    ...quiet(
      'destination',
      skipped.destination_not_allowed,
      'would be left out: you may not call their country.',
    ),
    ...quiet(
      'elsewhere',
      later.in_another_campaign,
      'would wait: another campaign calls them now.',
    ),
    ...quiet('often', later.dialled_too_often, 'would wait: they were called as often as allowed.'),
    ...quiet('consent', withoutConsent, 'would be called with no consent noted.'),
    ...quiet('zone', withoutZone, 'would be called by the campaign’s own zone: theirs is unknown.'),
  ];
}

function textNotes(texts: Found['texts']): [string, string][] {
  if (texts === null) return [];
  return [
    ...texts.cannotSend.map((number): [string, string] => [
      `sender ${number}`,
      `${phone(number)} cannot send texts: choose another number, or have it enabled at Twilio.`,
    ]),
    ...(texts.saysOptOut || texts.lookedAt === 0
      ? []
      : [
          [
            'opt-out',
            'The first text does not say how to hear no more, such as "Reply STOP to opt out".',
          ] as [string, string],
        ]),
    ...(texts.ucs2 === 0
      ? []
      : [
          [
            'ucs2',
            `${people(texts.ucs2)} of ${count(texts.lookedAt)} would get letters that make a text cost about twice as much.`,
          ] as [string, string],
        ]),
  ];
}

function people(n: number): string {
  return n === 1 ? '1 person' : `${count(n)} people`;
}
