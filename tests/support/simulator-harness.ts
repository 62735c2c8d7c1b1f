import { createTestHarness } from 'wrangler';

const CONTROL_TOKEN = 'control-token';

/** The stand-in for Twilio on a port of its own, with the accounts that a story names. */
export async function startSimulator(
  accounts: readonly { readonly accountSid: string; readonly authToken: string }[],
) {
  const harness = createTestHarness({
    workers: [
      {
        configPath: './workers/simulator/wrangler.toml',
        vars: { SIM_CONTROL_TOKEN: CONTROL_TOKEN, TIME_SCALE: '100' },
      },
    ],
  });
  const { url } = await harness.listen();
  for (const account of accounts) {
    const response = await harness.fetch('/_sim/accounts', {
      method: 'POST',
      headers: { authorization: `Bearer ${CONTROL_TOKEN}` },
      body: JSON.stringify(account),
    });
    if (response.status !== 201) throw new Error(`no account: ${await response.text()}`);
  }
  const origin = String(url).replace(/\/$/, '');
  return {
    url: origin,
    /** Asks an account's numbers straight, past Destiny. */
    numbers: async (
      account: { readonly accountSid: string; readonly authToken: string },
      method: 'GET' | 'POST',
      path: string,
      form?: Readonly<Record<string, string>>,
    ) => {
      const { accountSid, authToken } = account;
      const response = await fetch(
        `${origin}/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers${path}`,
        {
          method,
          headers: { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` },
          ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
        },
      );
      return (await response.json()) as { sid: string; incoming_phone_numbers: { sid: string }[] };
    },
    stop: () => harness.close(),
  };
}
