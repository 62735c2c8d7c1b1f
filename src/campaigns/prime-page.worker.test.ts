import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { newCampaign } from '../../tests/support/campaign.ts';
import { googleError, type PlayedSpeech, playSpeech, spoken } from '../../tests/support/speech.ts';
import { manualClock, newTenant, testCancels } from '../../tests/support/tenant.ts';
import { campaign, enrolment } from '../db/schema/campaign.ts';
import { suppression } from '../db/schema/contact.ts';
import { clip } from '../db/schema/script.ts';
import { FlowCache } from '../scripts/flow-cache.ts';
import { enrolEverybody } from './enrol-contacts.ts';
import { primeCampaign } from './prime-campaign.ts';
import { notePrimeError, PRIME_LEASE_MS, type PrimeJob, requestSpeech } from './request-speech.ts';
import { setCampaignState } from './set-state.ts';

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
  const jobs: PrimeJob[] = [];
  const queue = { send: async (job: PrimeJob) => jobs.push(job) };
  const run = (job: PrimeJob) =>
    primeCampaign(ctx, deps, job, 0).catch(async (error: Error) => {
      await notePrimeError(ctx, own.id, error.message);
      throw error;
    });
  return {
    ctx,
    clock,
    speech,
    ...own,
    request: () => requestSpeech(ctx, queue, own.id),
    /** The next page of whoever holds the lease. */
    prime: async () => {
      if (jobs.length === 0) await requestSpeech(ctx, queue, own.id);
      const job = jobs.shift();
      const next = job === undefined ? null : await run(job);
      if (next !== null) jobs.push(next);
      return next === null ? 'done' : 'more';
    },
    jobs,
    run,
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

test('contacts are primed in pages of five hundred, in order, and then the campaign is primed', async () => {
  const { prime, states, campaign: own } = await newPriming(1_200);
  expect(await prime()).toBe('more');
  expect(await states()).toEqual({ due: 500, pending: 700 });
  expect(await own()).toMatchObject({ isPrimed: false, primeLeaseUntil: expect.any(Number) });
  expect(await prime()).toBe('more');
  expect(await states()).toEqual({ due: 1_000, pending: 200 });
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 1_200 });
  expect(await own()).toMatchObject({ isPrimed: true, primeLeaseUntil: null, primeError: null });
  expect(await prime()).toBe('done');
});

test('a page that is just full is not the last', async () => {
  const { prime, states } = await newPriming(500);
  expect(await prime()).toBe('more');
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 500 });
});

test('a page ends before the contact whose words would be too many at once', async () => {
  const { ctx, prime, states, speech } = await newPriming(130);
  await ctx.db.run(
    ctx.db.raw("UPDATE contact SET fields = json_object('firstName', e164) WHERE tenant_id = ?1"),
  );
  expect(await prime()).toBe('more');
  expect(speech.texts).toHaveLength(100);
  const { due = 0, pending = 0 } = await states();
  expect(due).toBeGreaterThan(80);
  expect(pending).toBe(130 - due);
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 130 });
  expect(new Set(speech.texts).size).toBe(speech.texts.length);
});

test('two copies of one message do the work once', async () => {
  const { request, run, jobs, states, speech } = await newPriming(60);
  await request();
  await request();
  expect(jobs).toHaveLength(1);
  const [job] = jobs;
  if (job === undefined) throw new Error('nothing was asked');
  const ends = await Promise.all([run(job), run(job)]);
  expect(ends).toEqual([null, null]);
  expect(await states()).toEqual({ due: 60 });
  expect(new Set(speech.texts).size).toBe(speech.texts.length);
});

test('who was cut off is followed at his page when his lease is over', async () => {
  const { clock, prime, request, jobs, states } = await newPriming(700);
  await prime();
  jobs.length = 0;
  await request();
  expect(jobs).toEqual([]);
  clock.advance(2 * PRIME_LEASE_MS);
  expect(await prime()).toBe('done');
  expect(await states()).toEqual({ due: 700 });
});

test('everybody is enrolled in pages, those who come meanwhile by the next wish', async () => {
  const { ctx, id, prime, states } = await newPriming(0);
  const people = (from: number, to: number) =>
    ctx.db.run(
      ctx.db.raw(
        `WITH RECURSIVE n(i) AS (SELECT ?2 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?3)
         INSERT INTO contact (tenant_id, id, external_id, e164, fields, created_at, updated_at)
         SELECT ?1, printf('con_%06d', i), i, printf('+1212%07d', 1000000 + i),
           '{"firstName":"Maria"}', 0, 0 FROM n`,
        from,
        to,
      ),
    );
  await people(0, 6_000);
  await enrolEverybody(ctx, { campaignId: id });
  expect(await prime()).toBe('more');
  expect(await states()).toEqual({ pending: 5_000 });
  while ((await prime()) === 'more');
  expect(await states()).toEqual({ due: 6_000 });
  await people(6_000, 6_001);
  await enrolEverybody(ctx, { campaignId: id });
  while ((await prime()) === 'more');
  expect(await states()).toEqual({ due: 6_001 });
});

test('a stopped campaign makes no more speech', async () => {
  const { ctx, id, request, prime, jobs, states } = await newPriming(700);
  await prime();
  await setCampaignState(ctx, testCancels, { campaignId: id, state: 'stopped' });
  expect(await prime()).toBe('done');
  await request();
  expect(jobs).toEqual([]);
  expect(await states()).toEqual({ due: 500, pending: 200 });
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
