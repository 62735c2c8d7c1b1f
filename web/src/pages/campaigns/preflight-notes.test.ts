import { expect, test } from 'vitest';
import { notesOf } from './preflight-notes.ts';

const NOTHING: Parameters<typeof notesOf>[0] = {
  ...{ people: 3, callable: 3, missing: [], warnings: [], neverOpens: false, callsUsd: 1 },
  skipped: { suppressed: 0, missing_variable: 0, destination_not_allowed: 0 },
  later: { in_another_campaign: 0, dialled_too_often: 0 },
  ...{ withoutConsent: 0, withoutZone: 0 },
  speech: { sentences: 1, chars: 1, seconds: 1, usd: 0 },
  texts: null,
  finish: { at: 1, boundBy: 'pace' },
};

test('what is as it should be needs no note', () => {
  expect(notesOf(NOTHING)).toEqual([]);
});

test('what keeps people from being called comes first, and one person is one', () => {
  const notes = notesOf({
    ...NOTHING,
    ...{ missing: [{ variable: 'day', people: 1 }], withoutConsent: 2 },
    skipped: { ...NOTHING.skipped, suppressed: 1 },
  });
  expect(notes.map(({ text }) => text)).toEqual([
    '1 person lacks {{day}} and would be left out.',
    '1 person asked not to be called.',
    '2 people would be called with no consent noted.',
  ]);
});

test('an empty campaign says that it is', () => {
  expect(notesOf({ ...NOTHING, people: 0 })[0]?.text).toMatch(/Nobody is in the campaign/);
});

test('texts that cannot be sent, lack a way out or cost more are told of', () => {
  const texts = {
    ...{ segments: { mean: 2, most: 3 }, ucs2: 1, lookedAt: 3, saysOptOut: false, usd: 1 },
    ...{ example: 'Hello', cannotSend: ['+12125550199'] },
  };
  const found = notesOf({ ...NOTHING, texts }).map(({ key }) => key);
  expect(found).toEqual(['sender +12125550199', 'opt-out', 'ucs2']);
  const fine = { ...texts, cannotSend: [], saysOptOut: true, ucs2: 0 };
  expect(notesOf({ ...NOTHING, texts: fine })).toEqual([]);
});
