import { expect, it } from 'vitest';
import { openAccount, rest } from '../testing.ts';

type Item = { sid: string; phone_number: string; voice_url: string; sms_url: string };
const own = async (account: Awaited<ReturnType<typeof openAccount>>, query = '') => {
  const reply = await rest(account, 'GET', `/IncomingPhoneNumbers.json${query}`);
  return reply.json<{ incoming_phone_numbers: Item[]; next_page_uri: string | null }>();
};

it('sells what is free, once, and keeps its webhooks', async () => {
  const account = await openAccount();
  const free = await rest(account, 'GET', '/AvailablePhoneNumbers/US/Local.json?AreaCode=212');
  const { available_phone_numbers } = await free.json<{ available_phone_numbers: Item[] }>();
  const [first] = available_phone_numbers;
  expect(first?.phone_number).toBe('+12125550100');
  const form = { PhoneNumber: '+12125550100', VoiceUrl: 'https://x.test/voice' };
  const bought = await rest(account, 'POST', '/IncomingPhoneNumbers.json', form);
  expect(bought.status).toBe(201);
  const { sid } = await bought.json<Item>();
  expect(sid).toMatch(/^PN[\da-f]{32}$/);
  const again = await rest(account, 'POST', '/IncomingPhoneNumbers.json', form);
  expect(await again.json()).toMatchObject({ code: 21422, status: 400 });
  const urls = { VoiceUrl: 'https://y.test/voice', SmsUrl: 'https://y.test/sms' };
  await rest(account, 'POST', `/IncomingPhoneNumbers/${sid}.json`, urls);
  const listed = await own(account, '?PhoneNumber=%2B12125550100');
  expect(listed.incoming_phone_numbers).toMatchObject([
    { sid, voice_url: urls.VoiceUrl, sms_url: urls.SmsUrl },
  ]);
});

it('lists in pages, and nothing of another account', async () => {
  const [account, other] = [await openAccount(), await openAccount()];
  for (const n of [1, 2, 3]) {
    const PhoneNumber = `+1212555010${n}`;
    await rest(account, 'POST', '/IncomingPhoneNumbers.json', { PhoneNumber });
  }
  const page = await own(account, '?PageSize=2');
  expect(page.incoming_phone_numbers).toHaveLength(2);
  expect(page.next_page_uri).toContain('Page=1');
  expect((await own(other)).incoming_phone_numbers).toEqual([]);
});

it('refuses what is no number and no address', async () => {
  const account = await openAccount();
  const post = (form: Record<string, string>) =>
    rest(account, 'POST', '/IncomingPhoneNumbers.json', form);
  expect(await (await post({ PhoneNumber: '12' })).json()).toMatchObject({ code: 21421 });
  const wrong = { PhoneNumber: '+12125550109', VoiceUrl: 'here' };
  expect(await (await post(wrong)).json()).toMatchObject({ code: 21205 });
  const none = await rest(account, 'GET', `/IncomingPhoneNumbers/PN${'0'.repeat(32)}.json`);
  expect(none.status).toBe(404);
});
