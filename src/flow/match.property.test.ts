import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCapture } from './capture/read-capture.ts';
import { matchSpeech } from './match.ts';
import { normalise, normalisePhrase } from './normalise.ts';
import { PHONE_CLASSES, phoneCorpus } from './phone.fixture.ts';
import { optionsFor } from './quality.fixture.ts';
import { speakText } from './speak/speak-text.ts';
import { speakValue } from './speak/speak-value.ts';
import type { Trigger } from './types.ts';

const RUNS = Number(process.env.DESTINY_FUZZ_RUNS ?? 20_000);
const WORDS = [...new Set(phoneCorpus().tuning.flatMap((line) => line.split(/\s+/)))];
const talk = fc.oneof(
  fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(' ')),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const OPTIONS = optionsFor(PHONE_CLASSES);

test('whatever is said chooses one of the options or none, the same each time', () =>
  fc.assert(
    fc.property(talk, (text) => {
      const match = matchSpeech(OPTIONS, text);
      expect(matchSpeech(OPTIONS, text)).toEqual(match);
      if (match === null) return;
      expect(OPTIONS[match.option]).toBeDefined();
      expect(match.score).toBeGreaterThan(0);
    }),
    { numRuns: RUNS / 2 },
  ));

const TOPICS = 'appointment billing Tuesday doctor invoice delivery pharmacy refill red 7'.split(
  ' ',
);

test('a phrase is heard when it is said, alone or among a few other words', () =>
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...TOPICS), { minLength: 1, maxLength: 5 }),
      (words) => {
        const text = words.join(' ');
        const trigger: Trigger = { type: 'phrase', text, tokens: normalisePhrase(text) };
        expect(matchSpeech([{ triggers: [trigger] }], text)?.option).toBe(0);
        expect(matchSpeech([{ triggers: [trigger] }], `it is about ${text} please`)?.option).toBe(
          0,
        );
      },
    ),
    { numRuns: RUNS / 20 },
  ));

test('capitals and blanks change nothing', () =>
  fc.assert(
    fc.property(talk, (text) => {
      expect(normalise(`  ${text} `)).toEqual(normalise(text));
    }),
    { numRuns: RUNS / 20 },
  ));

const KINDS = ['digits', 'date', 'time', 'number', 'yesno', 'text'] as const;

test('a value is read or not, whatever is said, and its format can speak it', () =>
  fc.assert(
    fc.property(talk, fc.constantFrom(...KINDS), fc.boolean(), (text, kind, isKeys) => {
      const capture = { type: 'capture', path: 'x', kind, isSensitive: false } as const;
      const heard = { type: isKeys ? 'dtmf' : 'speech', text } as const;
      const value = readCapture(capture, heard, 1_795_000_000_000, 'America/New_York');
      if (kind === 'date' && value !== null) expect(String(value)).toMatch(/^\d{4}-\d\d-\d\d$/);
      if (kind === 'time' && value !== null) expect(String(value)).toMatch(/^[012]\d:[0-5]\d$/);
      if (kind === 'number' && value !== null) expect(Number.isFinite(value)).toBe(true);
      for (const name of [
        'date',
        'time',
        'number',
        'digits',
        'phone',
        'currency',
        'spell',
      ] as const) {
        expect(
          typeof speakValue({ name, arg: text, locale: text, zone: text }, String(value)),
        ).toBe('string');
        expect(typeof speakValue({ name }, text)).toBe('string');
      }
      speakText(text);
    }),
    { numRuns: RUNS / 10 },
  ));
