import { expect, test } from 'vitest';
import { sessionOf } from '../../tests/support/session.ts';
import { talk } from '../../tests/support/talk.ts';

const SCRIPT = `@machine message
[start]
Hello, can you come tomorrow?
-> 1, "yes": END #confirmed

[message]
Please call us back.
-> END #voicemail
`;
const MACHINE = { AnsweredBy: 'machine_end_beep', MachineDetectionDuration: '3200' };

test('a person is not disturbed by the verdict', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  expect((await call.beside('amd', { AnsweredBy: 'human' })).status).toBe(204);
  expect(await call.turn(1, { Digits: '1' })).toContain('<Hangup/>');
  const told = await call.told();
  expect(told?.call).toMatchObject({ outcome: 'confirmed', answeredBy: 'human' });
});

test('a machine gets its own turn; what the old one brings is dropped', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  await call.beside('amd', MACHINE);
  expect(await sessionOf(call.ref).awaitsRedirect(2)).toBe(true);
  // The Gather of the greeting reports its silence after the verdict.
  expect(await call.turn(1)).toMatch(/<Redirect method="POST">[^<]*\/turn\/2/);
  expect(await call.turn(2)).toContain('Please call us back.');
  expect(await sessionOf(call.ref).awaitsRedirect(2)).toBe(false);
  // Twilio's own redirection comes to the same turn: nothing is said or counted twice.
  expect(await call.turn(2)).toContain('Please call us back.');
  const told = await call.told();
  expect(told?.call).toMatchObject({ outcome: 'voicemail', answeredBy: 'machine_end_beep' });
  expect(told?.events.filter(({ type }) => type === 'twilio.amd')).toHaveLength(1);
});

test('a verdict after a key is a mistake: noted, and ignored', async () => {
  const call = await talk(
    SCRIPT.replace('END #confirmed', 'more').concat('\n[more]\nSure?\n-> 2: END #sure\n'),
  );
  await call.turn(0);
  await call.turn(1, { Digits: '1' });
  await call.beside('amd', MACHINE);
  expect(await sessionOf(call.ref).awaitsRedirect(3)).toBe(false);
  expect(await call.turn(2, { Digits: '2' })).toContain('<Hangup/>');
  const told = await call.told();
  expect(told?.call).toMatchObject({ outcome: 'sure', answeredBy: 'human' });
  expect(told?.events.find(({ type }) => type === 'twilio.amd')?.detail).toMatchObject({
    isIgnored: true,
  });
});

test('a machine that the script has no words for is hung up on', async () => {
  const call = await talk('[start]\nHello?\n-> 1: END\n');
  await call.turn(0);
  await call.beside('amd', MACHINE);
  expect(await call.turn(2)).toContain('<Hangup/>');
  expect((await call.told())?.call.outcome).toBe('voicemail');
});

test('a verdict that comes twice, or after the end, changes nothing more', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  await call.status('completed', { CallDuration: '2' });
  await call.beside('amd', MACHINE);
  await call.beside('amd', MACHINE);
  const told = await call.told();
  expect(told?.events.filter(({ type }) => type === 'twilio.amd')).toHaveLength(1);
  expect(told?.call.turns).toBe(1);
});

test('a phone that asks who is calling is told, and the question stands', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  const asked = { SpeechResult: 'Hi, please state your name and the reason for your call.' };
  const xml = await call.turn(1, asked);
  expect(xml).toMatch(/This is Harbour Dental\..*can you come tomorrow.*<Gather|<Gather.*can you/s);
  expect(await call.turn(2, { SpeechResult: 'yes' })).toContain('<Hangup/>');
  const told = await call.told();
  expect(told?.call.outcome).toBe('confirmed');
  expect(told?.events.filter(({ type }) => type === 'call.screened')).toHaveLength(1);
});

test('a phone that is never satisfied gets two answers', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  for (const nonce of [1, 2, 3]) {
    await call.turn(nonce, { SpeechResult: 'Please say your name after the tone' });
  }
  const types = await call.types();
  expect(types.filter((type) => type === 'call.screened')).toHaveLength(2);
  expect(types).toContain('flow.no_match');
});
