import { createHmac } from 'node:crypto';
import { AUTH_TOKEN } from '../support/tenant.ts';
import type { Random } from './random.ts';
import { signatureOf, type Target } from './webhook-targets.ts';

export type Pairs = readonly (readonly [key: string, value: string])[];
export type Forged = {
  readonly path: string;
  readonly pairs: Pairs;
  readonly signatures: readonly string[];
};
type Mutation = (target: Target, random: Random, others: readonly Target[]) => Forged;

const CHARS = [...'abcXYZ019+/= &?%é'];
/** A header holds ASCII only. */
const IN_HEADER = CHARS.filter((char) => char !== 'é');

const pairsOf = ({ params }: Target): Pairs => Object.entries(params);
const rightly = (target: Target): Forged => ({
  path: target.path,
  pairs: pairsOf(target),
  signatures: [signatureOf(target.path, target.params)],
});

function changedAt(text: string, { below, pick }: Random, chars = CHARS): string {
  const at = below(text.length + 1);
  return text.slice(0, at) + pick(chars) + text.slice(at + below(2));
}

const withSignature =
  (change: (signature: string, random: Random) => readonly string[]): Mutation =>
  (target, random) => {
    const right = rightly(target);
    return { ...right, signatures: change(right.signatures[0] ?? '', random) };
  };

const withPairs =
  (change: (pairs: Pairs, random: Random) => Pairs): Mutation =>
  (target, random) => ({ ...rightly(target), pairs: change(pairsOf(target), random) });

const withPath =
  (change: (path: string, random: Random) => string): Mutation =>
  (target, random) => ({ ...rightly(target), path: change(target.path, random) });

const atOne = (pairs: Pairs, { below }: Random, change: (pair: Pairs[number]) => Pairs) => {
  const at = below(pairs.length);
  return pairs.flatMap((pair, i) => (i === at ? change(pair) : [pair]));
};

const flipCase = (text: string) =>
  text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();

/** What somebody may try who has seen a webhook, but has not the account's token. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'token of another account': (target, { below }) => ({
    ...rightly(target),
    signatures: [signatureOf(target.path, target.params, { token: `another token ${below(99)}` })],
  }),
  'empty token': (target) => ({
    ...rightly(target),
    signatures: [createHmac('sha1', '').update(target.path).digest('base64')],
  }),
  'signed for another host': (target, { pick }) => ({
    ...rightly(target),
    signatures: [
      signatureOf(target.path, target.params, {
        base: pick(['http://voice.test', 'https://evil.test', 'https://voice.test:8443']),
      }),
    ],
  }),
  'signature of another webhook': (target, { pick }, others) => {
    const other = pick(others);
    return { ...rightly(target), signatures: [signatureOf(other.path, other.params)] };
  },
  'another hash': (target, { pick }) => ({
    ...rightly(target),
    signatures: [
      createHmac(pick(['sha256', 'sha512', 'md5']), AUTH_TOKEN)
        .update(target.path)
        .digest('base64')
        .slice(0, 27)
        .concat('='),
    ],
  }),
  'signature in hex': withSignature((right) => [Buffer.from(right, 'base64').toString('hex')]),
  'signature changed': withSignature((right, random) => [changedAt(right, random, IN_HEADER)]),
  'signature cut': withSignature((right, { below }) => [right.slice(0, below(right.length))]),
  'signature longer': withSignature((right, { pick }) => [
    right + pick(['A', '=', 'AAAA', '%00', ',', right]),
  ]),
  'base64 of another kind': withSignature((right, { pick }) => [
    pick([
      right.slice(0, -1),
      `${right}=`,
      flipCase(right),
      Buffer.from(right, 'base64').toString('base64url'),
      Buffer.from(right).toString('base64'),
      encodeURIComponent(right),
      `"${right}"`,
      `sha1=${right}`,
    ]),
  ]),
  'no signature': withSignature((_, { pick }) => pick([[], ['']])),
  'header twice': withSignature((right, { pick }) =>
    pick([
      [right, right],
      ['AAAAAAAAAAAAAAAAAAAAAAAAAAA=', right],
      [right, 'AAAAAAAAAAAAAAAAAAAAAAAAAAA='],
    ]),
  ),
  'value changed': withPairs((pairs, random) =>
    atOne(pairs, random, ([key, value]) => [[key, changedAt(value, random)]]),
  ),
  'key changed': withPairs((pairs, random) =>
    atOne(pairs, random, ([key, value]) => [[changedAt(key, random), value]]),
  ),
  'case of a key': withPairs((pairs, random) =>
    atOne(pairs, random, ([key, value]) => [[flipCase(key), value]]),
  ),
  'field left out': withPairs((pairs, random) => atOne(pairs, random, () => [])),
  'field added': withPairs((pairs, random) => [
    ...pairs,
    [random.pick(['To', 'Digits', 'Extra', '__proto__']), random.pick(CHARS)],
  ]),
  'field twice': withPairs((pairs, random) =>
    atOne(pairs, random, ([key, value]) =>
      random.pick([
        [
          [key, value],
          [key, changedAt(value, random)],
        ],
        [
          [key, changedAt(value, random)],
          [key, value],
        ],
      ]),
    ),
  ),
  'no fields': withPairs(() => []),
  'values exchanged': withPairs((pairs) =>
    pairs.map(([key], i) => [key, pairs[(i + 1) % pairs.length]?.[1] ?? '']),
  ),
  'path changed': withPath((path, random) => {
    const at = 1 + random.below(path.length - 1);
    return path.slice(0, at) + random.pick([...'abz019_-']) + path.slice(at + 1);
  }),
  'query added': withPath(
    (path, { pick }) => path + pick(['?', '?a=1', '?bodySHA256=0', '?try=2']),
  ),
  'path written otherwise': withPath((path, { pick, below }) => {
    const at = 1 + below(path.length - 1);
    const hex = path.charCodeAt(at).toString(16);
    return pick([
      `${path.slice(0, at)}%${hex}${path.slice(at + 1)}`,
      `${path}/`,
      `/${path}`,
      `/voice/..${path}x`,
      flipCase(path),
      `${path}%00`,
      `${path}%2e%2e%2f`,
    ]);
  }),
};

/** Two requests that the carrier's scheme writes as one text: fields in order of their keys, nothing between. */
export function signedText({ path, pairs }: Pick<Forged, 'path' | 'pairs'>): string {
  const values = new Map<string, Set<string>>();
  for (const [key, value] of pairs) values.set(key, (values.get(key) ?? new Set()).add(value));
  const fields = [...values.keys()].sort();
  const written = fields.map((key) =>
    [...(values.get(key) ?? [])]
      .sort()
      .map((value) => key + value)
      .join(''),
  );
  return path.replace(/\?$/, '') + written.join('');
}

/** Whether it is the request itself after all, which must be taken. */
export function isStillRight(forged: Forged, target: Target): boolean {
  const right = rightly(target);
  const isSigned = forged.signatures.length === 1 && forged.signatures[0] === right.signatures[0];
  return isSigned && signedText(forged) === signedText(right);
}
