import { env } from 'cloudflare:workers';
import { afterAll, expect, test } from 'vitest';
import { voiceApp } from '../../workers/voice/app.ts';
import type { VoiceEnv } from '../../workers/voice/env.ts';
import { isStillRight, MUTATIONS } from './forgeries.ts';
import { seeded } from './random.ts';
import { post, setStage, signatureOf } from './webhook-targets.ts';

const SEED = 20_260_514;
const TRIES = 10_000;
const AT_ONCE = 20;
/** Told to anybody who names no call or ticket that there is; nothing was looked up or changed. */
const SAYS_NOTHING = /<Pause length="1"\/><Redirect|This call is not yours any more/;
/** They answer a fixed apology to whoever asks. */
const UNSIGNED = /\/fallback$/;

const total = { sent: 0, accepted: 0, broken: 0 };
afterAll(() => {
  const { sent, accepted, broken } = total;
  console.info(`forgery: ${sent} forged webhooks, ${accepted} accepted, ${broken} answers of 5xx`);
});

const ROUTES = voiceApp(env as unknown as VoiceEnv)
  .routes.filter(({ method, path }) => method === 'POST' && !UNSIGNED.test(path))
  .map(({ path }) => path);
const EACH = Math.ceil(TRIES / ROUTES.length);

test('every webhook that the Worker has is forged', async () => {
  const stage = await setStage();
  expect(ROUTES.toSorted()).toEqual(stage.targets.map(({ route }) => route).toSorted());
});

test.each(ROUTES)(
  `%s: none of ${EACH} forgeries is accepted`,
  async (route) => {
    const stage = await setStage();
    const target = stage.targets.find((one) => one.route === route);
    if (target === undefined) throw new Error(`No webhook for ${route}`);
    const random = seeded(SEED + ROUTES.indexOf(route));
    const others = stage.targets.filter((other) => other !== target);
    const names = Object.keys(MUTATIONS);
    const before = await stage.kept();
    const accepted: string[] = [];
    let sent = 0;
    const one = async () => {
      const name = random.pick(names);
      const forged = MUTATIONS[name]?.(target, random, others);
      if (forged === undefined || isStillRight(forged, target)) return;
      sent += 1;
      const { path, pairs, signatures } = forged;
      const body = new URLSearchParams(pairs.map((pair) => [...pair])).toString();
      const { status, text } = await post(path, body, signatures);
      if (status >= 500) total.broken += 1;
      const isRefused = status === 403 || status === 404 || SAYS_NOTHING.test(text);
      if (!isRefused) accepted.push(`${name}: ${status} ${path} ${body} ${signatures}`);
    };
    while (sent < EACH) await Promise.all(Array.from({ length: AT_ONCE }, one));
    total.sent += sent;
    total.accepted += accepted.length;
    expect(accepted).toEqual([]);
    expect(await stage.kept()).toBe(before);
  },
  120_000,
);

test('as it stands, each is taken: the forgeries failed by what was forged', async () => {
  const stage = await setStage();
  for (const { path, params } of stage.targets) {
    const body = new URLSearchParams(params).toString();
    const { status, text } = await post(path, body, [signatureOf(path, params)]);
    expect(status, path).toBeLessThan(300);
    expect(text, path).not.toMatch(SAYS_NOTHING);
  }
});

test(`${TRIES} forged webhooks: 0 accepted, 0 answers of 5xx`, () => {
  expect(total.sent).toBeGreaterThanOrEqual(TRIES);
  expect(total).toMatchObject({ accepted: 0, broken: 0 });
});
