import { expect, test } from 'vitest';
import { fetchWebhook, type WebhookAction } from '../../src/calls/fetch-webhook.ts';
import { compileScript } from '../../src/script/compile.ts';
import { addressFault } from '../../src/shared/public-address.ts';
import { TwilioRecordings } from '../../src/telephony/twilio-recordings.ts';
import { deliver } from '../../src/webhooks/deliver.ts';
import { createEndpoint } from '../../src/webhooks/endpoints.ts';
import { webhookWorld } from '../../src/webhooks/world.fixture.ts';
import { type Random, seeded } from './random.ts';

const SEED = 1918;
const clock = { now: () => 0, sleep: async () => {} };
const neverAsked = async (request: Request): Promise<Response> => {
  throw new Error(`was asked: ${request.url}`);
};

/** Hosts that are ours, nobody's, or a cloud's own: https://cheatsheetseries.owasp.org, SSRF. */
const HOSTS = [
  ...['localhost', 'LOCALHOST', 'localhost.', 'localhost..', 'a.localhost', 'printer', 'db.local'],
  ...['metadata.google.internal', 'instance-data', 'kubernetes.default.svc.cluster.local', 'x.lan'],
  ...['127.0.0.1', '127.1', '127.0.1', '0', '0.0.0.0', '0177.0.0.1', '0x7f.1', '0x7f000001'],
  ...['2130706433', '017700000001', '127.0.0.1.', '①②⑦.⓪.⓪.①', '127。0。0。1', '%31%32%37.0.0.1'],
  ...['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.0.1', '100.64.0.1', '100.100.100.200'],
  ...['169.254.169.254', '0xA9FEA9FE', '2852039166', '169.254.43518', '0251.0376.0251.0376'],
  ...['198.18.0.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...[
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
  ],
  ...['[::ffff:169.254.169.254]', '[64:ff9b::a9fe:a9fe]', '[64:ff9b:1::1]', '[2002:7f00:1::]'],
  ...[
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '[2001:db8::1]',
    '[2001::1]',
    '[100::1]',
  ],
] as const;

/** Of one address, each way to write it that a browser's `URL` understands. */
function written(value: number, { pick, below }: Random): string {
  const bytes = [24, 16, 8, 0].map((shift) => (value / 2 ** shift) & 255);
  const number = (part: number) =>
    pick([
      String(part),
      `0x${part.toString(16)}`,
      `0X${part.toString(16).toUpperCase()}`,
      `0${part.toString(8)}`,
    ]);
  const last = 1 + below(4);
  const head = bytes.slice(0, last - 1);
  const rest = bytes.slice(last - 1).reduce((sum, part) => sum * 256 + part, 0);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const hex = (high: number, low: number) => ((high << 8) | low).toString(16);
  return pick([
    [...head, rest].map(number).join('.'),
    `${bytes.join('.')}.`,
    `[::ffff:${hex(a, b)}:${hex(c, d)}]`,
    `[::ffff:${bytes.join('.')}]`,
    `[64:ff9b::${hex(a, b)}:${hex(c, d)}]`,
    `[2002:${hex(a, b)}:${hex(c, d)}::1]`,
  ]);
}

const TRICKS = [
  ...['https://10.0.0.1#@example.com/', 'https://10.0.0.1\\@example.com/', 'https:10.0.0.1'],
  ...['https://example.com@10.0.0.1/', 'https://user:pass@example.com/', 'https://@10.0.0.1/'],
  ...[
    'https:\\\\10.0.0.1\\',
    'https://exa\nmple.local/',
    '\thttps://127.0.0.1',
    'https://[::1]:443/',
  ],
  ...['file:///etc/passwd', 'gopher://example.com/', 'ftp://example.com/', 'data:text/plain,x'],
  ...['javascript:alert(1)', 'blob:https://example.com/x', '//example.com/', 'example.com', ''],
  ...['http://example.com/', 'HTTP://EXAMPLE.COM/', 'ws://example.com/', 'https://', 'https:///'],
];

test.each([...HOSTS.map((host) => `https://${host}/latest/meta-data`), ...TRICKS])(
  '%s is asked by nobody',
  async (url) => {
    const action: WebhookAction = {
      ...{ type: 'webhook', id: { turn: 0, index: 0 }, method: 'POST', url, timeoutMs: 1000 },
      values: {},
    };
    const deps = { fetch: neverAsked, clock, allowsPrivate: false, limitMs: 1000 };
    const reply = await fetchWebhook(deps, action);
    const refusals = ['bad_address', 'not_https', 'private_address'];
    expect(refusals).toContain('reason' in reply ? reply.reason : 'ok');
    const message = { url, id: 'evt', payload: '{}', secrets: ['whsec_AAAA'] };
    expect(refusals).toContain((await deliver(deps, message)).error);
    const { ctx, deps: world } = webhookWorld();
    const input = { url, types: [], description: '', createdBy: 'usr' };
    const made = createEndpoint(ctx, { ...world, random: (bytes) => bytes }, input);
    await expect(made).rejects.toMatchObject({ code: 'invalid_input' });
  },
);

test.each(HOSTS)('a script that names %s is not published', async (host) => {
  const { diagnostics } = await compileScript(
    `[start]\nOne moment.\n@webhook GET https://${host}/ timeout 1s\n-> ok: END\n-> error: END\n`,
    { mode: 'publish' },
  );
  expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'DS111', severity: 'error' }));
});

test('2,000 ways to write a private address are all seen through', () => {
  const random = seeded(SEED);
  const networks = ['10', '127', '192.168', '169.254', '172.20', '100.99', '0', '198.19'];
  const missed: string[] = [];
  for (let i = 0; i < 2000; i++) {
    const bytes = random.pick(networks).split('.').map(Number);
    while (bytes.length < 4) bytes.push(random.below(256));
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    const url = `https://${written(value, random)}:8443/x`;
    if (addressFault(url, false) === null) missed.push(url);
  }
  expect(missed).toEqual([]);
});

test.each([
  'https://example.com/',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'https://a.b:444/',
])('%s may be asked', (url) => expect(addressFault(url, false)).toBeNull());

test.each([
  'http://169.254.169.254/',
  'https://127.0.0.1/',
  'http://example.com/',
  'https://[::1]/',
  '/x',
])('a recording is not followed to %s', async (location) => {
  const asked: string[] = [];
  const recordings = new TwilioRecordings({
    ...{ accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', baseUrl: 'https://twilio.test' },
    fetch: async (request) => {
      asked.push(request.url);
      return new Response(null, { status: 302, headers: { location } });
    },
  });
  await expect(recordings.open(`RE${'0'.repeat(32)}`, 1)).rejects.toMatchObject({
    code: 'carrier_failed',
  });
  expect(asked).toHaveLength(1);
});
