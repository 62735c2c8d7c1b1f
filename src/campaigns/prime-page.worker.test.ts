import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { googleError, type PlayedSpeech, playSpeech, spoken } from '../../tests/support/speech.ts';
import { manualClock, newTenant } from '../../tests/support/tenant.ts';
import { campaign, enrolment } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import { clip } from '../db/schema/script.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import { primePage } from './prime-page.ts';
import { notePrimeError } from './request-speech.ts';

const numbers = (count: number) =>
  Array.from({ length: count }, (_, i) => `+1212555${String(i).padStart(4, '0')}`);

/** A campaign whose contacts wait for their words. */
async function newPriming(count = 1, options: Parameters<typeof newCampaign>[1] = {}) {
  const clock = manualClock();
  const ctx = await newTenant({ clock });
  const own = await newCampaign(ctx, {
    numbers: numbers(count),
    enrolment: 'pending',
    ...options,
  });
  const speech = playSpeech(ctx);
  const deps = { flows: new FlowCache(), ensureSpeech: speech.ensureSpeech };
  return {
    ctx,
    clock,
    speech,
    ...own,
    prime: () => primePage(ctx, deps, own.id),
    campaign: () => ctx.db.findOne(campaign, eq(campaign.id, own.id)),
    contacts: () => ctx.db.find(enrolment, eq(enrolment.campaignId, own.id)),
    states: async () => {
      const rows = await ctx.db.find(enrolment, eq(enrolment.campaignId, own.id));
      const counts: Record<string, number> = {};
      for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
      return counts;
    },
  };
}

test('contacts are primed in pages of fifty, in order, and then the campaign is primed', async () => {
  const { prime, states, campaign: own } = await newPriming(120);
  expect(await prime()).toBe('more');
  expect(await states()).toEqual({ due: 50, pending: 70 });
  expect(await own()).toMatchObject({ isPrimed: false, primeLeaseUntil: expect.any(Number) });
  expect(await prime()).toBe('more');
  expect(await states()).toEqual({ due: 100, pending: 20 });
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 120 });
  expect(await own()).toMatchObject({ isPrimed: true, primeLeaseUntil: null, primeError: null });
  expect(await prime()).toBe('done');
});

test('a page that is just full is not the last', async () => {
  const { prime, states } = await newPriming(50);
  expect(await prime()).toBe('more');
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 50 });
});

test('two that prime side by side make each contact due once', async () => {
  const { prime, states } = await newPriming(60);
  await Promise.all([prime(), prime()]);
  await Promise.all([prime(), prime()]);
  expect(await states()).toEqual({ due: 60 });
});

test('a contact is due when his words are stored and indexed, each text made once', async () => {
  const { ctx, prime, speech, contacts, clock } = await newPriming(3);
  await prime();
  expect(new Set(speech.texts).size).toBe(speech.texts.length);
  expect(await ctx.db.find(clip)).toHaveLength(speech.texts.length);
  for (const row of await contacts()) expect(row.dueAt).toBeLessThanOrEqual(clock.now());
});

test('a contact primed at night is due when the window opens', async () => {
  const { clock, prime, contacts } = await newPriming();
  clock.advance(Date.parse('2026-05-15T01:00:00Z') - clock.now());
  await prime();
  expect(await contacts()).toMatchObject([
    { state: 'due', dueAt: Date.parse('2026-05-15T13:00:00Z') },
  ]);
});

test('suppressed contacts and those without a variable are skipped, with the reason', async () => {
  const { ctx, prime, speech, contacts, contactIds } = await newPriming(3);
  await ctx.db.run(
    ctx.db.insert(suppression, { e164: numbers(1)[0] ?? '', reason: 'manual', createdAt: 1 }),
  );
  await ctx.db.run(
    ctx.db.raw(
      "UPDATE contact SET fields = '{}' WHERE tenant_id = ?1 AND id = ?2",
      contactIds[1] ?? '',
    ),
  );
  await prime();
  const byContact = new Map((await contacts()).map((row) => [row.contactId, row]));
  expect(contactIds.map((id) => byContact.get(id))).toMatchObject([
    { state: 'skipped', reason: 'suppressed', dueAt: null },
    { state: 'skipped', reason: 'missing_variable:firstName', dueAt: null },
    { state: 'due', reason: null },
  ]);
  expect(speech.texts.filter((text) => text.startsWith('Hi '))).toEqual([
    'Hi Maria, this is Harbour Dental.',
  ]);
});

test('a campaign that may never call skips everybody and makes no speech', async () => {
  const { ctx, id, prime, contacts, speech } = await newPriming();
  await ctx.db.run(
    ctx.db.update(campaign, { opensMinute: 1300, closesMinute: 1400 }, eq(campaign.id, id)),
  );
  await prime();
  expect(await contacts()).toMatchObject([{ state: 'skipped', reason: 'window_never_open' }]);
  expect(speech.texts).toEqual([]);
});

/** What may be wrong outside, and the sentence a person then reads with the campaign. */
const OUTAGES: readonly {
  readonly name: string;
  readonly begin: (speech: PlayedSpeech) => void;
  readonly says: string;
}[] = [
  {
    name: 'the object store answers 503',
    begin: (speech) => {
      speech.s3 = () => new Response('slow down', { status: 503 });
    },
    says: 'The object store answered HTTP 503; check the S3_* settings if this stays.',
  },
  {
    name: 'the object store cannot be reached',
    begin: (speech) => {
      speech.s3 = () => {
        throw new TypeError('Network connection lost.');
      };
    },
    says: 'The object store could not be reached; check the S3_* settings if this stays.',
  },
  {
    name: 'the object store refuses the key',
    begin: (speech) => {
      speech.s3 = () => new Response('no', { status: 403 });
    },
    says: 'The object store answered HTTP 403; check the S3_* settings if this stays.',
  },
  {
    name: 'Google answers 503',
    begin: (speech) => {
      speech.google = () => googleError(503, 'The service is currently unavailable.');
    },
    says: 'The service is currently unavailable.',
  },
  {
    name: 'Google is out of quota',
    begin: (speech) => {
      speech.google = () => googleError(429, 'Quota exceeded.');
    },
    says: 'Quota exceeded.',
  },
  {
    name: 'Google refuses the project',
    begin: (speech) => {
      speech.google = () => googleError(403, 'Cloud Text-to-Speech API has not been used.');
    },
    says: 'Cloud Text-to-Speech API has not been used.',
  },
  {
    name: 'the service account is not JSON',
    begin: (speech) => {
      speech.serviceAccount = 'hunter2';
    },
    says: 'Set GOOGLE_SERVICE_ACCOUNT to the JSON key of a Google service account: it is not a JSON object.',
  },
  {
    name: 'one text cannot be spoken, and Google is down for the others',
    begin: (speech) => {
      speech.google = (text) =>
        text.startsWith('Hi ')
          ? googleError(400, 'Invalid text.')
          : googleError(503, 'The service is currently unavailable.');
    },
    says: 'The service is currently unavailable.',
  },
];

test.each(OUTAGES)('while $name contacts wait, and afterwards they are due', async (outage) => {
  const { ctx, id, prime, speech, states, campaign: own } = await newPriming(2);
  const { google, s3, serviceAccount } = speech;
  outage.begin(speech);
  const error: unknown = await prime().catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'speech_failed', message: outage.says });
  expect(await states()).toEqual({ pending: 2 });
  await notePrimeError(ctx, id, outage.says);
  expect(await own()).toMatchObject({ isPrimed: false, primeError: outage.says });

  Object.assign(speech, { google, s3, serviceAccount });
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 2 });
  expect(await own()).toMatchObject({ isPrimed: true, primeError: null });
});

test('an outage in the middle keeps what was made, and makes only the rest', async () => {
  const { ctx, prime, speech } = await newPriming();
  speech.google = (text) => (text === 'See you soon.' ? googleError(503, 'Down.') : spoken());
  await expect(prime()).rejects.toThrow('Down.');
  const made = (await ctx.db.find(clip)).length;
  expect(made).toBeGreaterThan(1);
  speech.texts.length = 0;
  speech.google = spoken;
  await prime();
  expect(speech.texts).toEqual(['See you soon.']);
});

test('a text that Google will never speak holds nobody up: the call says it live', async () => {
  const { ctx, prime, speech, states } = await newPriming();
  speech.google = (text) =>
    text === 'See you soon.' ? googleError(400, 'Invalid text.') : spoken();
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 1 });
  expect(await ctx.db.find(clip)).toHaveLength(new Set(speech.texts).size - 1);
});

test('a campaign of another tenant is not found', async () => {
  const [one, other] = [await newPriming(), await newPriming()];
  const deps = { flows: new FlowCache(), ensureSpeech: other.speech.ensureSpeech };
  await expect(primePage(other.ctx, deps, one.id)).rejects.toMatchObject({ code: 'not_found' });
});
