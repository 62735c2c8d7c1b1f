import { afterAll, expect, test } from 'vitest';
import { readXml } from '../../src/telephony/read-xml.suite.ts';
import { formParams } from '../../src/telephony/signature.ts';
import { type Random, seeded } from './random.ts';
import { post, type Stage, setStage, signatureOf, type Target } from './webhook-targets.ts';

const SEED = 4_711;
/** Each round has calls of its own, since a signed form may end one. */
const ROUNDS = 6;
const EACH_ROUND = 25;
const LIMIT = 64 * 1024;
const FORM = 'application/x-www-form-urlencoded';

const total = { sent: 0, signed: 0, broken: 0, documents: 0 };
afterAll(() => {
  const { sent, signed, broken, documents } = total;
  console.info(
    `malformed: ${sent} forms, ${signed} of them signed, ${documents} documents read, ${broken} answers of 5xx`,
  );
});

const STRANGE = [
  ...['', ' ', '0', '-1', '1e999', 'NaN', 'null', 'undefined', '[object Object]', '{}', '[]'],
  ...['\u0000', '\u0008', '\uFFFE', '\uFFFD', '\r\n', '\u202E', '👩‍👩‍👧‍👦', 'é'.repeat(300)],
  ...['<Say>x</Say>', ']]>', '&amp;', '"><Redirect>http://evil.test/</Redirect>', "' OR 1=1 --"],
  ...['../../etc/passwd', '%00', '%', '#{7*7}', '{{firstName}}', '__proto__', 'constructor'],
  ...['9'.repeat(400), '+1', '+999999999999999999999', `CA${'z'.repeat(32)}`, 'x'.repeat(20_000)],
] as const;
const KEYS = [
  ...['CallSid', 'CallStatus', 'SequenceNumber', 'Digits', 'SpeechResult', 'Confidence', 'From'],
  ...['To', 'AccountSid', 'RecordingSid', 'RecordingUrl', 'DialCallStatus', 'ConferenceSid'],
  ...['ParticipantLabel', 'AnsweredBy', 'ticket', 'Body', 'MessageStatus', '__proto__', 'toString'],
  ...['a[b]', 'a[]', '', '\u0000'],
] as const;

type Sent = { readonly body: BodyInit; readonly type: string; readonly isSigned: boolean };
type Malformation = (target: Target, random: Random) => Sent;
type Fields = [string, string][];

/** As the carrier would sign it, were it the carrier's: what follows is reached. */
const signed = (pairs: Fields): Sent => ({
  body: new URLSearchParams(pairs).toString(),
  type: FORM,
  isSigned: true,
});
const unsigned = (body: BodyInit, type = FORM): Sent => ({ body, type, isSigned: false });
const fieldsOf = ({ params }: Target): Fields => Object.entries(params);

const MALFORMED: readonly Malformation[] = [
  (target, { below }) => signed(fieldsOf(target).filter(() => below(2) === 0)),
  (target, { pick }) =>
    signed(fieldsOf(target).map(([key, value]) => [key, pick([value, pick(STRANGE)])])),
  (target, { pick }) =>
    signed([...fieldsOf(target), [pick(KEYS), pick(STRANGE)], [pick(KEYS), pick(STRANGE)]]),
  (target, { pick }) =>
    signed(
      fieldsOf(target).flatMap(([key, value]) => [
        [key, value],
        [key, pick(STRANGE)],
      ]),
    ),
  (_, { pick }) =>
    signed(Array.from({ length: 300 }, (_, i) => [`${pick(KEYS)}${i}`, pick(['1', 'é'])])),
  (_, { pick }) => signed(KEYS.map((key) => [key, pick(STRANGE)])),
  () => signed([]),
  (_, { pick }) =>
    unsigned(`${pick(KEYS)}=${pick(['%', '%zz', '%ff%fe', '%C3%28', '%ED%A0%80', '%u0041'])}`),
  (_, { below }) => unsigned(Uint8Array.from({ length: 200 }, () => below(256))),
  (_, { pick }) => unsigned(pick(['&', '=', '&&==&', '=&=', 'a', ';', '?a=1', '\r\n\r\n'])),
  (target) => unsigned(JSON.stringify(target.params), 'application/json'),
  (_, { pick }) =>
    unsigned(pick(['{', 'null', '[[[[', '"']), pick(['application/json', 'text/xml', ''])),
  (target) => unsigned(multipartOf(target), 'multipart/form-data; boundary=x'),
  (_, { below }) => unsigned(`Body=${'x'.repeat(LIMIT + below(LIMIT))}`),
  (target) => signed([...fieldsOf(target), ['SpeechResult', 'y'.repeat(LIMIT)]]),
];

function multipartOf({ params }: Target): string {
  const parts = Object.entries(params).map(
    ([key, value]) => `--x\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--x--\r\n`;
}

/** Each turn has a number of its own, or all but the first would be answered as its repetition. */
const atTurn = (target: Target, n: number): Target => ({
  ...target,
  path: target.path.replace(/\/(turn|fetch)\/0$/, `/$1/${n}`),
});

async function send(target: Target, { body, type, isSigned }: Sent) {
  const right = signatureOf(target.path, target.params);
  const own = () => signatureOf(target.path, formParams(String(body)));
  total.sent += 1;
  if (isSigned) total.signed += 1;
  return post(target.path, body, [isSigned ? own() : right], type);
}

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'round %i: every malformed form is answered, and what is answered can be read',
  async (round) => {
    const random = seeded(SEED + round);
    const stage = await setStage();
    const other = await setStage();
    const before = await other.kept();
    const wrong: string[] = [];
    for (const target of stage.targets) {
      for (let i = 0; i < EACH_ROUND; i++) {
        const sent = MALFORMED[i % MALFORMED.length]?.(target, random);
        if (sent === undefined) continue;
        const fault = faultOf(await send(atTurn(target, i), sent));
        if (fault !== null) wrong.push(`${target.route}, ${i % MALFORMED.length}: ${fault}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(await other.kept()).toBe(before);
  },
  120_000,
);

test('what nobody signed changes nothing, however it is written', async () => {
  const stage: Stage = await setStage();
  const random = seeded(SEED);
  const before = await stage.kept();
  for (const target of stage.targets) {
    for (const malformation of MALFORMED) {
      const { body, type } = malformation(target, random);
      const { status, text } = await post(
        target.path,
        body,
        ['AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
        type,
      );
      total.sent += 1;
      expect([200, 403]).toContain(status);
      if (status === 200) expect(text).toMatch(/not yours any more/);
    }
  }
  expect(await stage.kept()).toBe(before);
}, 120_000);

test('a body without an end is not read to its end', async () => {
  const { targets } = await setStage();
  const part = new Uint8Array(16 * 1024).fill(120);
  for (const { path } of targets) {
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        given += part.length;
        if (given > 100 * LIMIT) return controller.close();
        controller.enqueue(part);
      },
    });
    expect((await post(path, body, ['AAAAAAAAAAAAAAAAAAAAAAAAAAA='])).status, path).toBe(403);
    expect(given, path).toBeLessThan(10 * LIMIT);
  }
}, 60_000);

test('no answer was of 5xx', () => {
  expect(total.sent).toBeGreaterThan(2000);
  expect(total.broken).toBe(0);
});

/** "Try again" is what a callback hears when we are slow; the carrier does as it says. */
function faultOf({ status, text }: { readonly status: number; readonly text: string }) {
  if (status === 503 && text === 'Try again') return null;
  if (status >= 500) {
    total.broken += 1;
    return `${status} ${text}`;
  }
  if (status !== 200) return [204, 403].includes(status) ? null : `${status} ${text}`;
  try {
    total.documents += 1;
    return readXml(text).name === 'Response' ? null : `no TwiML: ${text}`;
  } catch (error) {
    return `${error}: ${text}`;
  }
}
