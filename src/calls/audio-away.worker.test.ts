import { exports } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { SID, sessionOf, setupOf, turnPath, webhook } from '../../tests/support/session.ts';
import { encodeRecipe, type RecipePart } from '../audio/recipe.ts';
import { toBase64Url } from '../shared/bytes.ts';
import { packSetup } from './session-types.ts';

const TENANT = 'ten_01hzzzzzzzzzzzzzzzzzzzzzzz';
const SCRIPT = `[start]
Will you come?
-> 1: REPEAT
-> else: END #no_response
`;
const PART: RecipePart = {
  kind: 'static',
  key: toBase64Url(new Uint8Array(16).fill(7)),
  bytes: 8000,
};

test('while the store does not answer, the carrier speaks what it could not play', async () => {
  const ref = { tenantId: TENANT, callId: 'call_away' };
  const setup = { ...(await setupOf(ref, SCRIPT)), clips: { 'Will you come?': PART } };
  await sessionOf(ref).prepare(packSetup(setup), []);
  const turn = async (nonce: number, params: Record<string, string> = {}) =>
    (await webhook(turnPath(ref, nonce), { CallSid: SID, ...params })).text();
  const first = await turn(0);
  expect(first).toContain('<Play>');
  expect(first).not.toContain('Will you come?');

  // Nobody listens at the address of the tests' store.
  const path = `/audio/${TENANT}/${encodeRecipe({ parts: [PART], format: 'wav' })}`;
  const missing = await exports.default.fetch(new Request(`https://voice.test${path}`));
  expect(missing.status).toBe(503);

  const second = await turn(1, { Digits: '1' });
  expect(second).not.toContain('<Play>');
  expect(second).toContain('Will you come?');
}, 60_000);
