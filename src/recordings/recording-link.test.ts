import { expect, test } from 'vitest';
import { checkLink, LINK_LIVES_MS, signLink } from './recording-link.ts';

const NOW = 1_790_000_000_000;
const LINK = {
  ...{ tenantId: 'ten_1', recordingId: 'rec_1', issuedTo: 'usr_1' },
  expiresAt: NOW + LINK_LIVES_MS,
};
const query = async () => Object.fromEntries(await signLink('secret', LINK));

test('a link opens what it was issued for, until its hour is over', async () => {
  expect(await checkLink('secret', 'rec_1', await query(), NOW)).toEqual(LINK);
  const late = checkLink('secret', 'rec_1', await query(), LINK.expiresAt);
  await expect(late).rejects.toMatchObject({ code: 'link_expired' });
});

test.each([
  ['another tenant', { tenant: 'ten_2' }],
  ['a later hour', { expires: String(LINK.expiresAt + 1) }],
  ['no number', { expires: '1e99' }],
  ['somebody else', { for: 'usr_2' }],
  ['another signature', { signature: 'A'.repeat(43) }],
  ['no base64', { signature: '!' }],
  ['nothing', { tenant: '', expires: '', for: '', signature: '' }],
])('a link with %s is refused', async (_, changes) => {
  const changed = { ...(await query()), ...changes };
  const asked = checkLink('secret', 'rec_1', changed, NOW);
  await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
});

test('nor does it open another recording, or hold under another secret', async () => {
  for (const [secret, id] of [
    ['secret', 'rec_2'],
    ['other', 'rec_1'],
  ] as const) {
    const asked = checkLink(secret, id, await query(), NOW);
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  }
});
