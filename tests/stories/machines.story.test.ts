import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OwnTenant, type ShownCall, startWhole, until, type Whole } from '../support/whole.ts';

const SCRIPT = `@machine message
[start]
This is Harbour Dental with a long greeting, so that there is time for everybody to listen to it. Will you come tomorrow? Press 1 for yes.
-> 1, @yes: more
-> else: END #no_response

[more]
Good. And will you bring your card? Press 1 for yes.
-> 1, @yes: END #confirmed
-> else: END #confirmed

[message]
Please call Harbour Dental back.
-> END #message_left
`;
const ANSWERS = { outcome: 'answers', ringSeconds: 2 };
/** A machine greets, beeps, and then records; nobody presses anything. */
const MACHINE = {
  attempts: [{ ...ANSWERS, machine: { greetingSeconds: 6 }, hangUpAfterSeconds: 90 }],
};
const PERSON = { attempts: [{ ...ANSWERS, reactions: [{ do: { press: '1' } }] }] };
/** Presses early, and is taken for a machine after that. */
const MISTAKEN = {
  attempts: [
    {
      ...ANSWERS,
      reactions: [{ onPrompt: 1, bargeInSeconds: 1, do: { press: '1' } }, { do: { press: '1' } }],
      detection: { verdict: 'machine_start', afterSeconds: 4 },
    },
  ],
};
const SCREENED = {
  attempts: [
    {
      ...ANSWERS,
      reactions: [
        { onPrompt: 1, do: { say: 'Please state your name and the reason for your call' } },
        { do: { press: '1' } },
      ],
    },
  ],
};

let whole: Whole;
let tenant: OwnTenant;
beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
});
afterAll(() => whole.stop());

test('a campaign that leaves messages: persons undisturbed, machines spoken to, mistakes ignored', async () => {
  const people = {
    '+14155550301': PERSON,
    '+14155550302': MACHINE,
    '+14155550303': MISTAKEN,
    '+14155550304': SCREENED,
  };
  await whole.callees(Object.entries(people).map(([number, persona]) => ({ number, persona })));
  const scriptId = await tenant.script(SCRIPT);
  const { e164: fromNumber } = await tenant.number(null);
  const contacts = Object.keys(people).map((number) => ({
    externalId: number,
    number,
    fields: {},
  }));
  const added = await tenant.post<{ contacts: { id: string }[] }>('/contacts', { contacts });
  const { id } = await tenant.post<{ id: string }>('/campaigns', {
    ...{ name: 'Machines', scriptId, fromNumber, machineDetection: 'message' },
    ...{ opensMinute: 0, closesMinute: 1440 },
  });
  const contactIds = added.contacts.map((contact) => contact.id);
  await tenant.post(`/campaigns/${id}/contacts`, { contactIds });
  await tenant.post(`/campaigns/${id}/launch`);
  const calls = await until(async () => {
    const page = await tenant.get<{ calls: ShownCall[] }>(`/calls?campaignId=${id}`);
    const isOver = page.calls.filter(({ status }) => status === 'completed').length === 4;
    return isOver ? page.calls : null;
  }, 60_000);
  const to = (number: string) => {
    const found = calls.find(({ toNumber }) => toNumber === number);
    if (found === undefined) throw new Error(`Nobody called ${number}`);
    return found;
  };
  expect(to('+14155550301')).toMatchObject({ outcome: 'confirmed', answeredBy: 'human' });
  expect(to('+14155550302')).toMatchObject({
    ...{ outcome: 'message_left', answeredBy: 'machine_end_beep' },
  });
  expect(to('+14155550303')).toMatchObject({ outcome: 'confirmed', answeredBy: 'human' });
  expect(to('+14155550304')).toMatchObject({ outcome: 'confirmed' });
  const mistaken = await tenant.call(to('+14155550303').id);
  expect(mistaken.events.find(({ type }) => type === 'twilio.amd')?.detail).toMatchObject({
    ...{ answeredBy: 'machine_start', isIgnored: true },
  });
  const screened = await tenant.call(to('+14155550304').id);
  expect(screened.events.map(({ type }) => type)).toContain('call.screened');
  expect(await whole.carrierCalls()).toHaveLength(4);
}, 120_000);
