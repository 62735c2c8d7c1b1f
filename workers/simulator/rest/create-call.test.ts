import { describe, expect, it } from 'vitest';
import { readCreateCall } from './create-call.ts';
import { TwilioError } from './errors.ts';

const base = { To: '+14155550123', From: '+14155550100', Url: 'https://app.test/voice' };
const form = (rest: Record<string, string | undefined>) => {
  const given = Object.entries({ ...base, ...rest }).filter((pair) => pair[1] !== undefined);
  return new URLSearchParams(given as [string, string][]);
};

describe('readCreateCall', () => {
  it('has the carrier’s defaults', () => {
    expect(readCreateCall(form({}), [])).toMatchObject({
      method: 'POST',
      statusCallbackEvents: ['completed'],
      timeoutSeconds: 60,
      timeLimitSeconds: 14_400,
    });
  });

  it('reads repeated events', () => {
    const params = form({});
    for (const event of ['initiated', 'answered']) params.append('StatusCallbackEvent', event);
    expect(readCreateCall(params, []).statusCallbackEvents).toEqual(['initiated', 'answered']);
  });

  const bad: { name: string; rest: Record<string, string | undefined>; code: number }[] = [
    { name: 'no To', rest: { To: undefined }, code: 21201 },
    { name: 'no From', rest: { From: undefined }, code: 21213 },
    { name: 'no Url', rest: { Url: undefined }, code: 21205 },
    { name: 'relative Url', rest: { Url: '/voice' }, code: 21205 },
    { name: 'other scheme', rest: { Url: 'ftp://app.test/' }, code: 21205 },
    { name: 'To that is no number', rest: { To: '4155550123' }, code: 21211 },
    { name: 'From that is no number', rest: { From: 'Destiny' }, code: 21212 },
    { name: 'invalid number', rest: { To: '+15005550001' }, code: 21217 },
    { name: 'unreachable number', rest: { To: '+15005550002' }, code: 21214 },
    { name: 'no permission', rest: { To: '+15005550003' }, code: 21215 },
    { name: 'blocked number', rest: { To: '+15005550004' }, code: 21216 },
    { name: 'invalid From', rest: { From: '+15005550001' }, code: 21212 },
    { name: 'From of somebody else', rest: { From: '+14155550199' }, code: 21210 },
    { name: 'callback host', rest: { StatusCallback: 'https://a_b.test/' }, code: 21609 },
    { name: 'method', rest: { Method: 'PUT' }, code: 20001 },
    { name: 'timeout', rest: { Timeout: '601' }, code: 20001 },
    { name: 'long TwiML', rest: { Twiml: 'x'.repeat(4001) }, code: 20001 },
  ];
  it.each(bad)('refuses $name', ({ rest, code }) => {
    try {
      readCreateCall(form(rest), ['+14155550100']);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TwilioError);
      expect(error).toMatchObject({ code });
    }
  });
});
