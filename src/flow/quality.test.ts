import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { labelled, PHONE_CLASSES, phoneCorpus } from './phone.fixture.ts';
import { measure } from './quality.fixture.ts';
import type { ClassName } from './types.ts';

const TEST_HALF_SHA256 = '6e7f5b351b13fbf35e18711b4eb5be60f3998b4b062bc3cdfe3d1c6795bad81b';
const UTTERANCES =
  process.env.DESTINY_UTTERANCES ??
  join(import.meta.dirname, '../../../shared/data/utterances-train.jsonl');
const INTENTS: Readonly<Record<string, ClassName>> = {
  yes: 'yes',
  no: 'no',
  maybe: 'maybe',
  repeat: 'repeat',
  cancel: 'cancel',
  goodbye: 'bye',
};

describe('callers on the telephone', () => {
  const { tuning, testing } = phoneCorpus();

  test('the test half is the one that was written first', () =>
    expect(createHash('sha256').update(testing.join('\n')).digest('hex')).toBe(TEST_HALF_SHA256));

  test.each([
    ['tuning', tuning],
    ['testing', testing],
  ])('%s half', (_, lines) => {
    const quality = measure(lines.map(labelled), PHONE_CLASSES);
    expect(quality.lines).toBeGreaterThan(150);
    expect(quality.flips, JSON.stringify(quality.mistakes)).toBe(0);
    expect(quality.falseOptOuts).toBe(0);
    expect(quality.offTopicAccepted).toBeLessThanOrEqual(0.02);
    expect(quality.right).toBeGreaterThanOrEqual(0.92);
  });
});

/** Utterances of CLINC150 lie outside of the repository; DESTINY_UTTERANCES names the file. */
describe.runIf(existsSync(UTTERANCES))('typed utterances', () => {
  test('yes, no, maybe, repeat, cancel and goodbye among other talk', () => {
    const lines = readFileSync(UTTERANCES, 'utf8')
      .trim()
      .split('\n')
      .map((line): { text: string; intent: string } => JSON.parse(line));
    const quality = measure(
      lines.map(({ text, intent }) => ({ text, wanted: INTENTS[intent] ?? null })),
      ['yes', 'no', 'maybe', 'repeat', 'cancel', 'stop', 'bye'],
    );
    const { mistakes, ...figures } = quality;
    if (process.env.DESTINY_UTTERANCES !== undefined)
      process.stdout.write(`${JSON.stringify(figures)}\n`);
    expect(quality.yesNoRight).toBeGreaterThanOrEqual(0.97);
    expect(quality.flips).toBeLessThanOrEqual(0.005);
    expect(quality.offTopicAccepted).toBeLessThanOrEqual(0.02);
    expect(quality.falseOptOuts).toBe(0);
    expect(quality.right).toBeGreaterThanOrEqual(0.95);
  });
});
