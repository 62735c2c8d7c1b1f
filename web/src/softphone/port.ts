import { HttpSoftphone, type LineToken } from '../../../src/agents/http-softphone.ts';
import type { Softphone } from '../../../src/agents/softphone.ts';

export type { Softphone } from '../../../src/agents/softphone.ts';

const TWILIO = 'https://api.twilio.com';

/**
 * The page's line: Twilio's, or that of what stands in for it, as the token says. Twilio's SDK is
 * fetched with the first call. `connect` rejects when no token is to be had or the call fails.
 */
export function openSoftphone(newToken: () => Promise<LineToken>): Softphone {
  let line: Softphone | null = null;
  let onEnd: () => void = () => undefined;
  const lineFor = async (first: LineToken): Promise<Softphone> => {
    if (first.carrierUrl === TWILIO) {
      const { TwilioSoftphone } = await import('./twilio.ts');
      return new TwilioSoftphone(newToken);
    }
    return new HttpSoftphone({
      newToken,
      fetch: (url, init) => fetch(url, init),
      wait: (ms, then) => void setTimeout(then, ms),
    });
  };
  return {
    connect: async (ticket) => {
      if (line === null) {
        line = await lineFor(await newToken());
        line.onEnd(() => onEnd());
      }
      await line.connect(ticket);
    },
    mute: (isMuted) => line?.mute(isMuted),
    sendDigits: (digits) => line?.sendDigits(digits),
    hangUp: () => line?.hangUp(),
    onEnd: (listener) => {
      onEnd = listener;
    },
  };
}
