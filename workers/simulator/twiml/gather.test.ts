import { describe, expect, it } from 'vitest';
import { Persona } from '../callee/persona.ts';
import { type App, callSpec, stage } from '../carrier/testing.ts';

/** Runs one Gather (a three-second Play inside) and returns what was posted, and when. */
async function gather(
  attributes: string,
  reaction: Record<string, unknown>,
  nested = '<Play>/q.wav</Play>',
) {
  const persona = Persona.parse({
    attempts: [{ outcome: 'answers', ringSeconds: 1, reactions: [reaction] }],
  });
  const app: App = ({ url }) => {
    if (url.includes('/action')) return { body: '<Response><Hangup/></Response>' };
    if (!url.includes('/voice')) return {};
    return {
      body: `<Response><Gather action="/action" ${attributes}>${nested}</Gather><Say>Nothing</Say></Response>`,
    };
  };
  const ringing = persona.attempts[0];
  if (ringing === undefined) throw new Error('no attempt');
  const { call, webhooks, of } = stage(callSpec({ ringing }), app);
  await call.run();
  const asked = webhooks.find((each) => each.url.includes('/voice'));
  const posted = webhooks.find((each) => each.url.includes('/action'));
  const afterMs = posted === undefined ? undefined : posted.atMs - (asked?.atMs ?? 0);
  const [result] = of('gather');
  const fellThrough = of('say').length > 0;
  return { params: posted?.params, afterMs, result, plays: of('play'), fellThrough };
}

describe('Gather', () => {
  it('takes one key after the prompt', async () => {
    const got = await gather('numDigits="1"', { afterSeconds: 1, do: { press: '1' } });
    expect(got.params).toMatchObject({ Digits: '1', FinishedOnKey: '' });
    expect(got.afterMs).toBe(4000);
    expect(got.fellThrough).toBe(false);
  });

  it('lets a key stop the prompt', async () => {
    const got = await gather('numDigits="1"', { bargeInSeconds: 1, do: { press: '2' } });
    expect(got.params?.Digits).toBe('2');
    expect(got.afterMs).toBe(1000);
    expect(got.plays).toMatchObject([{ heardMs: 1000, isCut: true }]);
    expect(got.result).toMatchObject({ isBargeIn: true });
  });

  it('loses a key pressed over a prompt that cannot be interrupted', async () => {
    const got = await gather('bargeIn="false"', { bargeInSeconds: 1, do: { press: '2' } });
    expect(got.fellThrough).toBe(true);
    expect(got.result).toMatchObject({ isLost: true, result: { kind: 'none' }, tookMs: 8000 });
  });

  it('counts the timeout from the end of the prompt', async () => {
    const got = await gather('timeout="4"', { do: 'silence' });
    expect(got.fellThrough).toBe(true);
    expect(got.result).toMatchObject({ promptMs: 3000, tookMs: 7000 });
  });

  it('posts an empty result when asked to', async () => {
    const got = await gather('timeout="4" actionOnEmptyResult="true"', { do: 'silence' });
    expect(got.params).toMatchObject({ Digits: '' });
    expect(got.afterMs).toBe(7000);
  });

  it('waits for more keys until the timeout when no number of digits is given', async () => {
    const got = await gather('timeout="3"', {
      afterSeconds: 1,
      do: { press: '42', gapSeconds: 0.5 },
    });
    expect(got.params?.Digits).toBe('42');
    expect(got.afterMs).toBe(3000 + 1000 + 500 + 3000);
  });

  it('ends at the finishing key and does not post it', async () => {
    const got = await gather('timeout="3"', {
      afterSeconds: 1,
      do: { press: '42#9', gapSeconds: 0.5 },
    });
    expect(got.params).toMatchObject({ Digits: '42', FinishedOnKey: '#' });
    expect(got.afterMs).toBe(5000);
  });

  it('takes # as a digit when there is no finishing key', async () => {
    const got = await gather('finishOnKey="" numDigits="2"', { do: { press: '4#' } });
    expect(got.params?.Digits).toBe('4#');
  });

  it('treats a lone finishing key as no input', async () => {
    expect((await gather('', { do: { press: '#' } })).fellThrough).toBe(true);
  });

  it('breaks off when the pause between keys is longer than the timeout', async () => {
    const got = await gather('timeout="2"', {
      afterSeconds: 1,
      do: { press: '42', gapSeconds: 5 },
    });
    expect(got.params?.Digits).toBe('4');
    expect(got.afterMs).toBe(3000 + 1000 + 2000);
  });

  it('is too late after the timeout', async () => {
    const got = await gather('timeout="2"', { afterSeconds: 2.5, do: { press: '1' } });
    expect(got.fellThrough).toBe(true);
    expect(got.result).toMatchObject({ tookMs: 5000 });
  });

  it('takes speech, its end noticed after speechTimeout', async () => {
    const reaction = { afterSeconds: 1, do: { say: 'yes please', confidence: 0.83, seconds: 2 } };
    const automatic = await gather('input="speech" speechTimeout="auto"', reaction);
    expect(automatic.params).toMatchObject({ SpeechResult: 'yes please', Confidence: '0.83' });
    expect(automatic.afterMs).toBe(3000 + 1000 + 2000 + 1000);
    expect((await gather('input="speech" speechTimeout="3"', reaction)).afterMs).toBe(9000);
    expect((await gather('input="speech" timeout="4"', reaction)).afterMs).toBe(10_000);
  });

  it('hears no speech when it listens for keys, and no keys when it listens for speech', async () => {
    expect((await gather('', { do: { say: 'yes' } })).fellThrough).toBe(true);
    expect((await gather('input="speech"', { do: { press: '1' } })).fellThrough).toBe(true);
  });

  it('lets the callee react to what <Say> said', async () => {
    const nested = '<Say>Press one to confirm.</Say>';
    const heard = await gather(
      'numDigits="1"',
      { heard: 'to CONFIRM', do: { press: '1' } },
      nested,
    );
    expect(heard.params?.Digits).toBe('1');
    const other = await gather('numDigits="1"', { heard: 'to cancel', do: { press: '1' } }, nested);
    expect(other.fellThrough).toBe(true);
  });

  it('does not ask the action when the callee hangs up', async () => {
    const got = await gather('', { bargeInSeconds: 1, do: 'hang-up' });
    expect(got.params).toBeUndefined();
    expect(got.fellThrough).toBe(false);
    expect(got.plays).toMatchObject([{ heardMs: 1000 }]);
  });
});
