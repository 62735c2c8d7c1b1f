import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMember } from '../../cli/demo/members.ts';
import { openBrowser, openContext, signIn, watchConsole } from '../../cli/page/browser.ts';
import { type OwnTenant, startWhole, type Whole } from '../support/whole.ts';

const ADMIN = { email: 'ada@harbour.test', password: 'a password of some length', name: 'Ada' };
const AGENT = { email: 'agnes@harbour.test', password: 'a password of some length', name: 'Agnes' };

let whole: Whole;
let tenant: OwnTenant;
let browser: Browser;

beforeAll(async () => {
  whole = await startWhole();
  tenant = await whole.newTenant();
  await addMember(whole.stack, tenant.id, { ...ADMIN, role: 'ADMIN' });
  await addMember(whole.stack, tenant.id, { ...AGENT, role: 'AGENT' });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await whole?.stop();
});

async function fresh(): Promise<Page> {
  return (await openContext(browser, whole.stack.appUrl)).newPage();
}

test('a wrong password is refused in words, and the right one leads on', async () => {
  const page = await fresh();
  await page.goto(`/t/${tenant.id}/campaigns`);
  // Nobody is signed in: the way back is remembered.
  await page.getByRole('heading', { name: 'Sign in to Destiny' }).waitFor();
  await page.getByLabel('E-mail').fill(ADMIN.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Campaigns', level: 1 }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/t/${tenant.id}/campaigns`);
  await page.context().close();
});

test('an admin is offered what he may do, an agent is not', async () => {
  const admin = await fresh();
  const complaints = watchConsole(admin);
  await signIn(admin, ADMIN);
  await admin.getByRole('link', { name: 'Campaigns' }).click();
  await admin.getByRole('link', { name: 'New campaign' }).first().waitFor();
  await admin.context().close();

  const agent = await fresh();
  await signIn(agent, AGENT);
  await agent.getByRole('link', { name: 'Campaigns' }).click();
  await agent.getByText('No campaigns yet').waitFor();
  expect(await agent.getByRole('link', { name: 'New campaign' }).count()).toBe(0);
  await agent.context().close();
  // A sign-in page asks who is there and hears 401.
  expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
});

test('every answer of the page carries the security headers', async () => {
  for (const path of ['/', '/sign-in', '/t/anything']) {
    const { headers, status } = await fetch(`${whole.stack.appUrl}${path}`);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('strict-transport-security')).toContain('max-age=');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
  }
});
