import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openContext, settle, signIn, type View } from './browser.ts';
import type { Scene } from './scene.ts';

/** Every page by its name; those of a tenant are looked at by its admin. */
export function pagesOf(scene: Scene): Readonly<Record<string, string>> {
  const own = `/t/${scene.tenantId}`;
  return {
    overview: own,
    start: `${own}/start`,
    campaigns: `${own}/campaigns`,
    'campaign-new': `${own}/campaigns/new`,
    campaign: `${own}/campaigns/${scene.campaignId}`,
    'campaign-draft': `${own}/campaigns/${scene.draftId}`,
    contacts: `${own}/contacts`,
    imports: `${own}/contacts/imports`,
    import: `${own}/contacts/imports/${scene.importId}`,
    lists: `${own}/contacts/lists`,
    suppressions: `${own}/contacts/suppressions`,
    scripts: `${own}/scripts`,
    script: `${own}/scripts/${scene.scriptId}`,
    'script-try': `${own}/scripts/${scene.scriptId}?view=try`,
    'script-versions': `${own}/scripts/${scene.scriptId}?view=versions&compare=1`,
    live: `${own}/live`,
    calls: `${own}/calls`,
    call: `${own}/calls/${scene.callId}`,
    numbers: `${own}/numbers`,
    messages: `${own}/messages`,
    agent: `${own}/agent`,
    usage: `${own}/usage`,
    alerts: `${own}/usage/alerts`,
    team: `${own}/team`,
    'team-audit': `${own}/team/audit`,
    developers: `${own}/developers`,
    webhooks: `${own}/developers/webhooks`,
    missing: `${own}/nothing`,
  };
}

/** Those of the platform's owner. */
export function systemPagesOf(scene: Scene): Readonly<Record<string, string>> {
  return {
    'system-tenants': '/system',
    'system-tenant': `/system/tenants/${scene.tenantId}`,
    'system-health': '/system/health',
    'system-dead-letters': '/system/dead-letters',
    'system-audit': '/system/audit',
  };
}

export const OPEN_PAGES: Readonly<Record<string, string>> = {
  'sign-in': '/sign-in',
  forgot: '/forgot',
  reset: '/reset?token=x',
  invitation: '/invitation?token=x',
};

const VIEWS: Readonly<Record<string, View>> = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  phone: { theme: 'light', width: 390 },
};

export type ShotOptions = {
  readonly appUrl: string;
  readonly directory: string;
  /** Part of the names of the pages that are wanted; '' for all. */
  readonly only: string;
  readonly views?: readonly string[];
};

/** Writes every page in every view as a picture. */
export async function takeShots(
  browser: Browser,
  scene: Scene,
  { appUrl, directory, only, views = Object.keys(VIEWS) }: ShotOptions,
): Promise<void> {
  mkdirSync(directory, { recursive: true });
  const wanted = (pages: Readonly<Record<string, string>>) =>
    Object.entries(pages).filter(([name]) => name.includes(only));
  for (const view of views) {
    for (const [person, pages] of [
      [null, OPEN_PAGES],
      [scene.admin, pagesOf(scene)],
      [scene.owner, systemPagesOf(scene)],
    ] as const) {
      const context = await openContext(browser, appUrl, VIEWS[view]);
      const page = await context.newPage();
      if (person !== null && wanted(pages).length > 0) await signIn(page, person);
      for (const [name, path] of wanted(pages)) {
        await page.goto(path);
        await settle(page);
        await settleDrawings(page);
        await page.screenshot({ path: join(directory, `${name}-${view}.png`), fullPage: true });
      }
      await context.close();
    }
  }
}

/** Charts and drawings come a moment after their numbers. */
async function settleDrawings(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(300);
}
