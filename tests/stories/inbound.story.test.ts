import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordedWav } from '../../workers/simulator/carrier/recordings.ts';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const DESK = '+12125550801';
const NOBODY = '+12125550802';
const CALLER = '+14155550123';
const SCRIPT = (desk: string) => `[start]
Hello {{firstName|"there"}}, this is Harbour Dental. Press 1 for the desk.
-> 1, "desk": desk
-> else: END #no_response

[desk]
One moment, I connect you.
@transfer "${desk}" timeout 15s
-> answered: END #transferred
-> no-answer: message
-> else: message

[message]
Nobody is free. Please leave a message after the tone.
@voicemail max 60s
-> ok: thanks #left_message
-> no-input: END #said_nothing

[thanks]
Thank you, goodbye.
-> END
`;
const PRESSES_1 = {
  reactions: [{ heard: 'beep', do: { say: 'call me back', seconds: 6 } }, { do: { press: '1' } }],
};
const answers = (rest: Record<string, unknown>) => ({
  attempts: [{ outcome: 'answers', ...rest }],
});

let whole: Whole;
let tenant: OwnTenant;
beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
  await whole.callees([
    { number: DESK, persona: 'agent' },
    { number: NOBODY, persona: 'no-answer' },
  ]);
});
afterAll(() => whole.stop());

const types = ({ events }: { readonly events: readonly { type: string }[] }) =>
  events.map(({ type }) => type);

test('a caller is greeted by name, handed to the desk, and comes back to the script', async () => {
  const number = await tenant.number(await tenant.script(SCRIPT(DESK)));
  await tenant.post('/contacts', {
    contacts: [{ externalId: 'maria', number: CALLER, fields: { firstName: 'Maria' } }],
  });
  const { sid } = await whole.callIn({
    to: number.e164,
    from: CALLER,
    persona: answers(PRESSES_1),
  });
  const shown = await tenant.finished(sid);
  expect(shown.call).toMatchObject({
    ...{ direction: 'inbound', status: 'completed', outcome: 'transferred' },
    ...{ fromNumber: CALLER, toNumber: number.e164, contactId: expect.stringMatching(/^con_/) },
  });
  expect(types(shown)).toEqual(
    expect.arrayContaining([
      'transfer.start',
      'transfer.answered',
      'transfer.ended',
      'call.finished',
    ]),
  );
  const said = (await whole.heard(sid)).filter(({ kind }) => kind === 'say' || kind === 'play');
  expect(said.length).toBeGreaterThanOrEqual(2);
});

test('nobody is there: the caller leaves a message, and its recording is told of', async () => {
  const number = await tenant.number(await tenant.script(SCRIPT(NOBODY)));
  const { sid } = await whole.callIn({
    to: number.e164,
    from: CALLER,
    persona: answers(PRESSES_1),
  });
  const shown = await tenant.finished(sid);
  expect(shown.call).toMatchObject({ status: 'completed', outcome: 'left_message' });
  expect(types(shown)).toEqual(
    expect.arrayContaining(['transfer.failed', 'recording.available', 'flow.outcome']),
  );
  // Its sound is copied, byte for byte, and deleted at the carrier.
  const { recordings } = await until(async () => {
    const path = `/calls/${shown.call.id}/recordings`;
    const found = await tenant.get<{ recordings: { id: string; state: string }[] }>(path);
    return found.recordings[0]?.state === 'stored' ? found : null;
  });
  expect(recordings).toHaveLength(1);
  const link = await tenant.post<{ url: string }>(`/recordings/${recordings[0]?.id}/url`);
  const played = new Uint8Array(await (await fetch(link.url)).arrayBuffer());
  const kept = await until(async () => {
    const all = await whole.recordings();
    const own = all.find(({ callSid }) => callSid === sid);
    return own?.deletedAt == null ? null : own;
  });
  expect(played).toEqual(recordedWav(kept, 1));
});

test('a caller who hangs up while it rings leaves a call with an end', async () => {
  const number = await tenant.number(await tenant.script(SCRIPT(NOBODY)));
  const persona = answers({ ...PRESSES_1, hangUpAfterSeconds: 14 });
  const { sid } = await whole.callIn({ to: number.e164, from: CALLER, persona });
  const shown = await tenant.finished(sid);
  expect(shown.call.status).toBe('completed');
  const failed = shown.events.filter(({ type }) => type === 'transfer.failed');
  expect(failed.map(({ detail }) => detail)).toEqual([{ reason: 'caller_left' }]);
});

test('a number that no script answers is busy, and so is one of a tenant without the plan', async () => {
  const unanswered = await tenant.number(null);
  const outbound = await (await whole.newTenant({ plan: 'OUTBOUND' })).number(null);
  for (const { e164 } of [unanswered, outbound]) {
    const { sid } = await whole.callIn({ to: e164, from: CALLER, persona: answers({}) });
    const ended = await until(async () => {
      const own = (await whole.carrierCalls()).find((call) => call.sid === sid);
      return own === undefined || own.endedAt === null ? null : own;
    });
    expect(ended).toMatchObject({ status: 'busy', direction: 'inbound' });
  }
});
