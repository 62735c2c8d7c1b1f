import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { addMember } from '../../cli/demo/members.ts';
import { openBrowser, openContext, settle, signIn } from '../../cli/page/browser.ts';
import { keepPicture } from '../support/pictures.ts';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const ADMIN = { email: 'ada@harbour.test', password: 'a password of some length', name: 'Ada' };
const SCRIPT = `[start]
Hi {{firstName}}, this is Harbour Dental. Will you come? Press 1 for yes.
-> 1, @yes: END #confirmed
-> else: END #no_response
`;
const PRESSES_1 = { attempts: [{ outcome: 'answers', reactions: [{ do: { press: '1' } }] }] };
const CSV = `First name,Phone
Maria,(212) 555-0301
James,212-555-0302
Aisha,=1+1
`;
const SLOW = { timeout: 60_000 };

let whole: Whole;
let tenant: OwnTenant;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  whole = await startWhole({ timeScale: 20 });
  tenant = await whole.newTenant({ opensMinute: 0, closesMinute: 1440 });
  await addMember(whole.stack, tenant.id, { ...ADMIN, role: 'ADMIN' });
  browser = await openBrowser();
  context = await openContext(browser, whole.stack.appUrl);
  await signIn(await context.newPage(), ADMIN);
});
afterEach(({ task }) => keepPicture(task, page));
afterAll(async () => {
  await browser?.close();
  await whole?.stop();
});
beforeEach(async () => {
  for (const open of context.pages()) await open.close();
  page = await context.newPage();
});

const open = async (path: string) => {
  await page.goto(`/t/${tenant.id}${path}`);
  await settle(page);
};

test('a script is written with a mistake, mended by its quick fix, tried and published', async () => {
  await open('/scripts');
  await page.getByRole('button', { name: 'New script' }).first().click();
  await page.getByLabel('Name').fill('Reminder');
  await page.getByRole('button', { name: 'Create' }).click();
  const text = page.getByRole('textbox', { name: 'Script' });
  await text.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(`${SCRIPT}-> 2: strat\n`);
  // The mistake is named, and what mends it is offered where it is.
  await page.getByText('strat', { exact: false }).first().waitFor();
  await page.locator('.cm-lintRange-warning').hover();
  await page.getByRole('button', { name: /Replace with start/ }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Everything is saved').waitFor();

  await page.getByRole('link', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByText('Hi Maria, this is Harbour Dental.').waitFor();
  await page.getByLabel('What you say').fill('yes I will');
  await page.keyboard.press('Enter');
  await page.getByText('Outcome: confirmed').waitFor();

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Version 1', { exact: true }).first().waitFor();
});

test('a file with a bad row is checked, shown row by row, and saved without it', async () => {
  await open('/contacts/imports');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'May.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV) });
  await page.getByRole('heading', { name: 'May', exact: true }).waitFor();
  expect(await page.getByLabel('Phone number').inputValue()).toBe('Phone');
  expect(await page.getByLabel('Field for First name').inputValue()).toBe('firstName');
  await page.getByLabel('Put everybody into').selectOption({ label: 'A new list: May' });
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByText('What would happen').waitFor(SLOW);
  await page.getByText('"=1+1" is no phone number').waitFor();
  // What was chosen outlives the page: the columns and the list are those that were checked.
  await page.reload();
  await page.getByRole('button', { name: 'Save these rows' }).click();
  await page.getByText('What happened').waitFor(SLOW);
  await page.getByRole('link', { name: 'See the contacts' }).click();
  await page.getByText('+1 212 555 0301').waitFor();
  expect(await page.getByRole('row').count()).toBe(3);
});

test('a campaign is made, launched, watched live, and seen to finish', async () => {
  await tenant.number(null);
  await whole.callees(
    ['+12125550301', '+12125550302'].map((number) => ({ number, persona: PRESSES_1 })),
  );
  await open('/campaigns/new');
  await page.getByLabel('Name').fill('May reminders');
  await page.getByLabel('People').selectOption({ label: 'List: May' });
  await page.getByLabel('From', { exact: true }).fill('00:00');
  await page.getByLabel('Until').fill('00:00');
  await page.getByRole('button', { name: 'Create the draft' }).click();
  await page.getByText('0 of 2').waitFor();

  const live = await context.newPage();
  await live.goto(`/t/${tenant.id}/live`);
  await live.getByText('Connected').waitFor();

  await page.getByRole('button', { name: 'Launch' }).click();
  await page.getByRole('button', { name: 'Launch now' }).click();
  await page.getByText('Running', { exact: true }).first().waitFor();
  await live.getByText('Outcome: confirmed').first().waitFor(SLOW);
  await page.getByText('2 of 2').waitFor(SLOW);
  await page.getByText('Finished', { exact: true }).first().waitFor(SLOW);

  await page.getByRole('link', { name: '2', exact: true }).click();
  await page.getByRole('link', { name: '+1 212 555 0301' }).click();
  await page.getByText('The call is over').waitFor();
  const download = page.waitForEvent('download');
  await page.goBack();
  await page.goBack();
  await page.getByRole('button', { name: 'Results' }).click();
  expect((await download).suggestedFilename()).toMatch(/^campaign-.*\.csv$/);
});

test('the ledger is exported as it is filtered', async () => {
  await open('/calls?outcome=confirmed');
  await page.getByRole('link', { name: '+1 212 555 0301' }).first().waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  const csv = readFileSync(await (await download).path(), 'utf8');
  const [head = '', ...rows] = csv.trim().split(/\r?\n/);
  const { calls } = await tenant.get<{ calls: { id: string }[] }>('/calls?outcome=confirmed');
  expect(rows.length).toBe(calls.length);
  const outcome = head.split(',').findIndex((name) => /outcome/i.test(name));
  expect(new Set(rows.map((row) => row.split(',')[outcome]))).toEqual(new Set(['confirmed']));
});

test('a voicemail is listened to', async () => {
  const script = `[start]
This is Harbour Dental. Leave a message.
@voicemail max 20s
-> ok: END
-> no-input: END
`;
  const number = await tenant.number(await tenant.script(script));
  const persona = {
    attempts: [{ outcome: 'answers', reactions: [{ do: { say: 'please call me back' } }] }],
  };
  const { sid } = await whole.callIn({ to: number.e164, from: '+14155551000', persona });
  const { call } = await tenant.finished(sid);
  await until(async () => {
    const { recordings } = await tenant.get<{ recordings: { state: string }[] }>(
      `/calls/${call.id}/recordings`,
    );
    return recordings.some(({ state }) => state === 'stored') ? true : null;
  });
  await open(`/calls/${call.id}`);
  await page.getByRole('button', { name: 'Listen' }).click();
  await page.getByRole('button', { name: 'Play' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
});

test('with the API away, failing or slow, a page says so and recovers by itself', async () => {
  await open('/campaigns');
  await page.getByText('May reminders').waitFor();
  await page.route('**/api/**', (route) => route.abort());
  await page.getByText('Destiny does not answer as it should').waitFor(SLOW);
  // What was known is still there.
  expect(await page.getByText('May reminders').count()).toBe(1);
  await page.unroute('**/api/**');
  await page.getByText('Destiny does not answer as it should').waitFor({ state: 'detached' });

  await page.route('**/api/v1/contacts*', (route) => route.fulfill({ status: 500, body: 'no' }));
  await page.getByRole('link', { name: 'Contacts' }).click();
  await page.getByRole('alert').getByText('Trying again by itself.').waitFor(SLOW);
  await page.unroute('**/api/v1/contacts*');
  await page.getByText('+1 212 555 0301').waitFor(SLOW);

  await page.route('**/api/v1/scripts*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await route.continue();
  });
  await page.getByRole('link', { name: 'Scripts' }).click();
  await page.getByText('This takes longer than usual').waitFor();
  await page.getByRole('link', { name: 'Reminder' }).waitFor(SLOW);
});

test("the platform's owner makes a tenant, acts as it, and its audit log says so", async () => {
  const own = await openContext(browser, whole.stack.appUrl);
  const owner = await own.newPage();
  await signIn(owner, {
    email: 'owner@destiny.local',
    password: whole.stack.secrets.adminPassword,
  });
  await owner.getByRole('heading', { name: 'Tenants' }).waitFor();
  await owner.getByRole('button', { name: 'New tenant' }).first().click();
  await owner.getByLabel('Name').fill('Lakeside Lending');
  await owner.getByLabel('Time zone').fill('America/Chicago');
  await owner.getByRole('button', { name: 'Create' }).click();
  await owner.getByRole('heading', { name: 'Lakeside Lending' }).waitFor();
  await owner.getByRole('button', { name: 'Act as this tenant' }).click();
  await owner.getByLabel('Reason').fill('To set it up');
  await owner.getByRole('button', { name: 'Begin' }).click();
  await owner.getByText('You act as Lakeside Lending').waitFor();
  await owner.getByRole('link', { name: 'Team' }).click();
  await owner.getByRole('link', { name: 'Audit log' }).click();
  await owner.getByText("Platform's owner", { exact: true }).first().waitFor();
  await owner.getByRole('button', { name: 'Leave' }).click();
  await owner.getByRole('heading', { name: 'Tenants' }).waitFor();
  await own.close();
});
