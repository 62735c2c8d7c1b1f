import { expect, test } from 'vitest';
import { TwilioConferences } from './twilio-conferences.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const ROOM = `CF${'1'.repeat(32)}`;
const LEG = `CA${'2'.repeat(32)}`;

function roomsWith(answer: () => Response) {
  const requests: { readonly path: string; readonly form: Record<string, string> }[] = [];
  const rooms = new TwilioConferences({
    ...{ accountSid: ACCOUNT, authToken: 'hunter2', baseUrl: 'https://twilio.test' },
    fetch: async (request) => {
      const form = Object.fromEntries(new URLSearchParams(await request.clone().text()));
      requests.push({ path: new URL(request.url).pathname, form });
      return answer();
    },
  });
  return { rooms, requests };
}

const PATH = `/2010-04-01/Accounts/${ACCOUNT}/Conferences/${ROOM}/Participants`;

test('a change says only what changes', async () => {
  const { rooms, requests } = roomsWith(() => Response.json({ call_sid: LEG }));
  expect(await rooms.change(ROOM, LEG, { hold: { musicUrl: 'https://a.test/wait' } })).toBe(true);
  expect(await rooms.change(ROOM, LEG, { hold: false, endsConference: true })).toBe(true);
  expect(await rooms.change(ROOM, LEG, { muted: true })).toBe(true);
  expect(requests).toEqual([
    {
      path: `${PATH}/${LEG}.json`,
      form: { Hold: 'true', HoldUrl: 'https://a.test/wait', HoldMethod: 'POST' },
    },
    { path: `${PATH}/${LEG}.json`, form: { Hold: 'false', EndConferenceOnExit: 'true' } },
    { path: `${PATH}/${LEG}.json`, form: { Muted: 'true' } },
  ]);
});

test('whoever is gone is told apart from a fault', async () => {
  const gone = roomsWith(() => Response.json({ code: 20404 }, { status: 404 }));
  expect(await gone.rooms.change(ROOM, LEG, { muted: true })).toBe(false);
  const broken = roomsWith(() => new Response('', { status: 503 }));
  const change = broken.rooms.change(ROOM, LEG, { muted: true });
  await expect(change).rejects.toMatchObject({ code: 'carrier_failed' });
});

test('a number is called in with our number, its label and its limits', async () => {
  const { rooms, requests } = roomsWith(() => Response.json({ call_sid: LEG }, { status: 201 }));
  const sid = await rooms.call(ROOM, {
    ...{ to: '+12125550101', from: '+12125550100', label: 'number.1' },
    ...{ timeoutSeconds: 30, timeLimitSeconds: 3600, endsConference: true },
  });
  expect(sid).toBe(LEG);
  expect(requests).toEqual([
    {
      path: `${PATH}.json`,
      form: {
        ...{ To: '+12125550101', From: '+12125550100', Label: 'number.1', Beep: 'false' },
        ...{ EarlyMedia: 'false', Timeout: '30', TimeLimit: '3600', EndConferenceOnExit: 'true' },
      },
    },
  ]);
});
