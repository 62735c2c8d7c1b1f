import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addMember } from '../../cli/demo/members.ts';
import { openBrowser, openContext, signIn } from '../../cli/page/browser.ts';
import { newAgent } from '../support/agents.ts';
import { keepPicture } from '../support/pictures.ts';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const PASSWORD = 'a password of some length';
const ADMIN = { email: 'ada@harbour.test', password: PASSWORD, name: 'Ada' };
const AGENT = { email: 'agnes@harbour.test', password: PASSWORD, name: 'Agnes' };
const CALLER = '+14155550123';
const SHOWN = '+1 415 555 0123';
const SCRIPT = `[start]
Harbour Dental. Press 1 for a person.
-> 1: desk
-> else: END #no_response

[desk]
One moment, I connect you.
@transfer agents timeout 60s
-> answered: END #transferred
-> busy: END #all_busy
-> no-answer: alone
-> failed: END #broken

[alone]
Nobody is free today.
-> END #nobody
`;
const PRESSES_1 = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] };

let whole: Whole;
let tenant: OwnTenant;
let to: string;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
  to = (await tenant.number(await tenant.script(SCRIPT))).e164;
  await addMember(whole.stack, tenant.id, { ...ADMIN, role: 'ADMIN' });
  await addMember(whole.stack, tenant.id, { ...AGENT, role: 'AGENT' });
  browser = await openBrowser();
});
beforeEach(async () => {
  context = await openContext(browser, whole.stack.appUrl);
  page = await context.newPage();
  await signIn(page, AGENT);
  await page.getByRole('link', { name: 'Agent' }).click();
  // The desk knows from the test before whether he is there.
  const away = page.getByText('You are away');
  await away.or(page.getByText('You take calls', { exact: true })).waitFor();
  if (await away.isVisible()) await press('Take calls');
  await page.getByText('You take calls', { exact: true }).waitFor();
});
afterEach(async ({ task }) => {
  await keepPicture(task, page);
  await context.close();
});
afterAll(async () => {
  await browser?.close();
  await whole?.stop();
});

const calls = () => whole.callIn({ to, from: CALLER, persona: PRESSES_1 });
const press = (name: string, on = page) => on.getByRole('button', { name }).first().click();

test('an agent answers, holds, hangs up, and says what came of it', async () => {
  const { sid } = await calls();
  await page.getByText('Asked for a person at').waitFor();
  await page.getByText('Is handed over to agents').waitFor();
  await press('Answer');
  await page.getByRole('heading', { name: `In a talk with ${SHOWN}` }).waitFor();
  await press('Hold');
  await page.getByText('On hold').waitFor();
  await press('Talk again');
  await page.getByText('On hold').waitFor({ state: 'detached' });
  await press('Mute');
  await page.getByRole('button', { name: 'Unmute', pressed: true }).waitFor();
  await press('Keypad');
  await page.getByRole('button', { name: '7', exact: true }).click();
  expect(await page.getByLabel('Keys sent').textContent()).toBe('7');
  await press('Hang up');
  await page.getByLabel('Outcome').fill('confirmed');
  await press('Save and take the next call');
  await page.getByText('You take calls', { exact: true }).waitFor();
  const { call } = await tenant.finished(sid);
  await until(async () =>
    (await tenant.call(call.id)).call.outcome === 'confirmed' ? true : null,
  );
});

test('on another page he hears of the caller, and an admin listens in', async () => {
  await page.getByRole('link', { name: 'Calls' }).click();
  await page.getByRole('heading', { name: 'Calls', level: 1 }).waitFor();
  await calls();
  await page
    .getByRole('alert')
    .filter({ hasText: `${SHOWN} waits for a person` })
    .waitFor();
  await page.getByRole('link', { name: 'Answer' }).click();
  await page.getByRole('heading', { name: `In a talk with ${SHOWN}` }).waitFor();

  const own = await openContext(browser, whole.stack.appUrl);
  const admin = await own.newPage();
  await signIn(admin, ADMIN);
  await admin.getByRole('link', { name: 'Agent' }).click();
  await press('Listen', admin);
  await admin.getByText('You listen').waitFor();
  await press('Leave', admin);
  await press('Coach', admin);
  await admin.getByText('Only the agent hears you').waitFor();
  await own.close();

  await press('Hang up');
  await page.getByRole('heading', { name: 'What came of it?' }).waitFor();
  await press('Save and take the next call');
  await page.getByText('You take calls', { exact: true }).waitFor();
});

test('he hands the caller on to a colleague, by keyboard alone', async () => {
  const ben = await newAgent(whole, tenant, 'Ben');
  await calls();
  const use = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };
  await page.getByText('Asked for a person at').waitFor();
  await ben.available();
  await use('Answer');
  await page.getByRole('heading', { name: `In a talk with ${SHOWN}` }).waitFor();
  await use('Hand on');
  await page.getByLabel('To', { exact: true }).selectOption({ label: 'Ben (available)' });
  await page.getByRole('dialog').getByRole('button', { name: 'Hand on' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('Being handed on').waitFor();
  await ben.take();
  await use('Hang up');
  await use('Save and take the next call');
  await page.getByText('You take calls', { exact: true }).waitFor();
  ben.phone.hangUp();
  await ben.presence('wrap_up');
  ben.client.set('away');
  await ben.presence('away');
  ben.client.close();
});

test('a caller is followed through the drawing of the script as it happens', async () => {
  await page.getByRole('link', { name: 'Live' }).click();
  await page.getByText('Connected').waitFor();
  await calls();
  await page.getByRole('link', { name: SHOWN }).click();
  await page.getByRole('status').getByText('At desk').waitFor();
  await page.getByLabel('Node start, passed').waitFor();
  expect(await page.getByLabel('Node alone', { exact: true }).count()).toBe(1);
  await press('Decline');
  await page.getByLabel('Node alone, passed').waitFor();
  await page.getByText('The call is over').waitFor();
});

test('who declines is not asked again for this caller', async () => {
  const { sid } = await calls();
  await press('Decline');
  await page.getByText('You take calls', { exact: true }).waitFor();
  const { call } = await tenant.finished(sid);
  expect(call.outcome).toBe('nobody');
});
