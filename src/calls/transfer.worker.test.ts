import { expect, test } from 'vitest';
import { talk } from '../../tests/support/talk.ts';

const SCRIPT = `[start]
One moment.
@transfer "+15550109999" timeout 20s
-> answered: END #transferred
-> busy: sorry #was_busy
-> no-answer: sorry #nobody_there
-> else: sorry #broken

[sorry]
Nobody can answer just now. Press 1 to end.
-> 1: END
`;

test('a caller is handed to a number: it rings so long, sees ours, and tells us of its end', async () => {
  const call = await talk(SCRIPT);
  const xml = await call.turn(0);
  expect(xml).toMatch(
    /One moment\..*<Dial action="[^"]*\/turn\/1[^"]*" method="POST" timeout="20" timeLimit="3600" callerId="\+15550100000" answerOnBridge="true"><Number [^>]*\/leg[^>]*>\+15550109999<\/Number><\/Dial><\/Response>/s,
  );
  expect(await call.types()).toContain('transfer.start');
});

test('somebody answers, and hangs up: the call takes its branch', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  await call.beside('leg', { CallSid: `CA${'b'.repeat(32)}`, CallStatus: 'in-progress' });
  expect(await call.turn(1, { DialCallStatus: 'completed', DialCallDuration: '42' })).toContain(
    '<Hangup/>',
  );
  const told = await call.told();
  expect(told?.call.outcome).toBe('transferred');
  const transfer = told?.events.filter(({ type }) => type.startsWith('transfer.'));
  expect(transfer?.map(({ type, detail }) => [type, detail])).toEqual([
    ['transfer.start', { to: '+15550109999' }],
    ['transfer.answered', { sid: `CA${'b'.repeat(32)}` }],
    ['transfer.ended', { seconds: 42 }],
  ]);
});

test('an answer whose callback was lost is told at its end', async () => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  await call.turn(1, { DialCallStatus: 'completed', DialCallDuration: '5' });
  const types = await call.types();
  expect(types.filter((type) => type === 'transfer.answered')).toHaveLength(1);
});

test.each([
  ['busy', 'was_busy'],
  ['no-answer', 'nobody_there'],
  ['failed', 'broken'],
  ['canceled', 'broken'],
  ['', 'broken'],
])('a far end that is "%s" takes its own branch', async (status, outcome) => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  const xml = await call.turn(1, status === '' ? {} : { DialCallStatus: status });
  expect(xml).toMatch(/Nobody can answer just now\..*|<Gather/s);
  expect((await call.told())?.call.outcome).toBe(outcome);
});

test.each([
  ['while it rings', false, 'transfer.failed'],
  ['in the middle of the talk', true, 'transfer.ended'],
])('a caller who hangs up %s leaves a transfer with an end', async (_name, isAnswered, end) => {
  const call = await talk(SCRIPT);
  await call.turn(0);
  const leg = { CallSid: `CA${'c'.repeat(32)}`, CallStatus: 'in-progress' };
  if (isAnswered) await call.beside('leg', leg);
  await call.status('completed', { CallDuration: '30' });
  const types = await call.types();
  expect(types.filter((type) => type === end)).toHaveLength(1);
  expect(types.indexOf(end)).toBeLessThan(types.indexOf('call.finished'));
  expect(await call.turn(1, { DialCallStatus: 'completed' })).toContain('<Hangup/>');
});
