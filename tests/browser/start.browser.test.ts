import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addMember } from '../../cli/demo/members.ts';
import { openBrowser, openContext } from '../../cli/page/browser.ts';
import { keepPicture } from '../support/pictures.ts';
import { type OwnTenant, startWhole, type Whole } from '../support/whole.ts';

const ADMIN = { email: 'ada@harbour.test', password: 'a password of some length', name: 'Ada' };
const SLOW = { timeout: 60_000 };
const MOST_TABS = 120;
const MINE = '+12125550401';
const THEIRS = '+12125550402';
const SAYS_YES = { do: { press: '1' } };
const ANSWERS = {
  attempts: [
    {
      outcome: 'answers',
      reactions: [SAYS_YES, { do: { press: '5' } }, SAYS_YES, { do: { say: 'fine' } }],
    },
  ],
};

let whole: Whole;
let tenant: OwnTenant;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  whole = await startWhole({ timeScale: 20 });
  tenant = await whole.newTenant({ opensMinute: 0, closesMinute: 1440 });
  await tenant.number(null);
  await whole.callees([MINE, THEIRS].map((number) => ({ number, persona: ANSWERS })));
  await addMember(whole.stack, tenant.id, { ...ADMIN, role: 'ADMIN' });
  browser = await openBrowser();
  context = await openContext(browser, whole.stack.appUrl);
  page = await context.newPage();
});
afterEach(({ task }) => keepPicture(task, page));
afterAll(async () => {
  await browser?.close();
  await whole?.stop();
});

/** By the key alone that everybody without a mouse has. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor();
  for (let n = 0; n < MOST_TABS; n++) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`No key leads to ${target}`);
}
const type = async (target: Locator, text: string) => {
  await tabTo(target);
  await page.keyboard.type(text);
};
const enter = async (target: Locator) => {
  await tabTo(target);
  await page.keyboard.press('Enter');
};
const link = (name: string) => page.getByRole('link', { name, exact: true }).first();
const button = (name: string) => page.getByRole('button', { name, exact: true }).first();

test('from an empty tenant to a campaign that is through, by keyboard alone', async () => {
  await page.goto('/sign-in');
  await type(page.getByLabel('E-mail'), ADMIN.email);
  await type(page.getByLabel('Password', { exact: true }), ADMIN.password);
  await page.keyboard.press('Enter');

  await enter(link('Get started'));
  await page.getByText('1 of 5 steps').waitFor();
  await enter(button('Use this: Short survey'));
  await page.getByText('2 of 5 steps').waitFor();

  await enter(link('add somebody'));
  await enter(button('Add one'));
  await type(page.getByLabel('Phone number'), THEIRS);
  await enter(button('Add'));
  await page.getByText('The contact is there.').first().waitFor();

  await enter(link('Overview'));
  await enter(link('Get started'));
  await page.getByText('3 of 5 steps').waitFor();
  await type(page.getByLabel('Your own number'), MINE);
  await enter(button('Call me'));
  await enter(link('Follow the call'));
  await page.getByText('The call is over').waitFor(SLOW);

  await enter(link('Campaigns'));
  await enter(link('New campaign'));
  await type(page.getByLabel('Name'), 'First survey');
  await type(page.getByLabel('From', { exact: true }), '1200AM');
  await type(page.getByLabel('Until'), '1200AM');
  await enter(button('Create the draft'));
  await enter(button('Launch'));
  await enter(button('Launch now'));
  await page.getByText('Finished', { exact: true }).first().waitFor(SLOW);
  const outcomes = await tenant.get<{ calls: { outcome: string | null }[] }>('/calls');
  expect(outcomes.calls.map(({ outcome }) => outcome)).toContain('answered');

  await page.goto(`/t/${tenant.id}/start`);
  await page.getByText('All of it is done.').waitFor();
});
