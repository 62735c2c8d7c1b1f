import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { asAdmin, newAgent, type TestAgent } from '../support/agents.ts';
import {
  type OwnTenant,
  type ShownEvent,
  startWhole,
  until,
  type Whole,
} from '../support/whole.ts';

const CALLER = '+14155550123';
const SCRIPT = `[start]
Harbour Dental. Press 1 for a person.
-> 1, "person": desk
-> else: END #no_response

[desk]
One moment, I connect you.
@transfer agents timeout 60s
-> answered: thanks #transferred
-> busy: full #all_busy
-> no-answer: message
-> failed: broken #broken

[thanks]
Thank you for calling.
-> END

[full]
Everybody talks.
-> END

[broken]
That did not work.
-> END

[message]
Nobody is free. Please leave a message after the tone.
@voicemail max 60s
-> ok: END #left_message
-> no-input: END #said_nothing
`;
const SETTINGS = {
  ...{ offersAtOnce: 1, ringSeconds: 6, waitSeconds: 60, wrapUpSeconds: 2, queueWhenBusy: true },
};
const persona = (rest: Record<string, unknown> = {}) => ({
  attempts: [
    {
      outcome: 'answers',
      reactions: [
        { heard: 'beep', do: { say: 'call me back', seconds: 6 } },
        { do: { press: '1' } },
      ],
      ...rest,
    },
  ],
});

let whole: Whole;
let tenant: OwnTenant;
let to: string;
let agents: TestAgent[] = [];
beforeAll(async () => {
  whole = await startWhole();
});
afterAll(() => whole.stop());
beforeEach(async () => {
  tenant = await whole.newTenant();
  to = (await tenant.number(await tenant.script(SCRIPT))).e164;
  await set({});
});
afterEach(() => {
  for (const { client } of agents) client.close();
  agents = [];
});

const set = (changed: Partial<typeof SETTINGS>) =>
  asAdmin(whole, tenant, 'PUT', '/agents/settings', { ...SETTINGS, ...changed });
const calls = (rest: Record<string, unknown> = {}) =>
  whole.callIn({ to, from: CALLER, persona: persona(rest) });
async function hired(name: string): Promise<TestAgent> {
  const agent = await newAgent(whole, tenant, name);
  agents.push(agent);
  return agent;
}
const of = (events: readonly ShownEvent[], type: string) =>
  events.filter((event) => event.type === type).map(({ detail }) => detail);

test('a caller is handed to the agent who takes him, and comes back to the script', async () => {
  const ann = await hired('Ann');
  await ann.available();
  const { sid } = await calls();
  const talk = await ann.take();
  expect(talk).toMatchObject({ number: CALLER, node: 'desk', isHeld: false });
  expect(ann.client.state.agent?.presence).toBe('busy');
  ann.phone.hangUp();
  const { call, events } = await tenant.finished(sid);
  expect(call).toMatchObject({ status: 'completed', outcome: 'transferred' });
  expect(of(events, 'transfer.start')).toEqual([{ to: 'agents' }]);
  expect(of(events, 'transfer.answered')).toMatchObject([{ agent: ann.id }]);
  expect(of(events, 'transfer.ended')).toHaveLength(1);
  expect(of(events, 'transfer.failed')).toEqual([]);
  const heard = await whole.heard(sid);
  expect(heard.some(({ kind, url }) => kind === 'play' && String(url).endsWith('/hold.wav'))).toBe(
    true,
  );
  expect(heard.filter(({ kind }) => kind === 'error')).toEqual([]);
  await ann.presence('wrap_up');
  await ann.ask('POST', `/agent/calls/${call.id}/wrap-up`, { outcome: 'confirmed' });
  await ann.presence('available');
  await until(async () =>
    (await tenant.call(call.id)).call.outcome === 'confirmed' ? true : null,
  );
});
