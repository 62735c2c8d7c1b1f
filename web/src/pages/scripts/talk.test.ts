import { expect, test } from 'vitest';
import { compileScript } from '../../../../src/script/compile.ts';
import { answer, beginTalk, readInput } from './talk.ts';

const SCRIPT = `[start]
Hi {{firstName}}, will you come?
-> 1, @yes: END #confirmed
-> 2, @agent: desk

[desk]
One moment.
@transfer "+12125550100"
-> failed: END #no_response
`;

async function begin() {
  const { flow } = await compileScript(SCRIPT);
  if (flow === null) throw new Error('The script does not compile.');
  return beginTalk(flow, { firstName: 'Maria' }, 0);
}
const texts = (talk: Awaited<ReturnType<typeof begin>>) => talk.lines.map(({ text }) => text);

test('what is typed is a key, a word, or silence', () => {
  expect([readInput('1'), readInput(''), readInput('yes')]).toEqual([
    { type: 'dtmf', digits: '1' },
    { type: 'silence' },
    { type: 'speech', text: 'yes', confidence: null },
  ]);
});

test('a conversation shows what was said, what matched, and its outcome', async () => {
  const talk = answer(await begin(), readInput('yes please'), 1000);
  expect(texts(talk)[0]).toBe('Hi Maria, will you come?');
  expect(texts(talk)).toContain('yes please');
  expect(texts(talk).some((text) => text.startsWith('Matched, goes to [END]'))).toBe(true);
  expect(texts(talk)).toContain('Outcome: confirmed');
  expect([talk.state.isEnded, talk.waits]).toEqual([true, null]);
});

test('a handover waits for how it went', async () => {
  const waiting = answer(await begin(), readInput('2'), 1000);
  expect(waiting.waits).toMatchObject({ type: 'transfer', to: '+12125550100' });
  const ended = answer(waiting, { type: 'result', event: 'failed' }, 2000);
  expect(texts(ended)).toContain('Outcome: no_response');
});
