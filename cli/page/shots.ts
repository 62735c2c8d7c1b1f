import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openContext, signIn, type View } from './browser.ts';
import type { Scene } from './scene.ts';

/** Every page by its name; those of a tenant are looked at by its admin. */
export function pagesOf(scene: Scene): Readonly<Record<string, string>> {
  const own = `/t/${scene.tenantId}`;
  return {
    overview: own,
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
    missing: `${own}/nothing`,
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
    const context = await openContext(browser, appUrl, VIEWS[view]);
    const page = await context.newPage();
    const shoot = async ([name, path]: readonly [string, string]) => {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('Loading', { exact: true }).first().waitFor({ state: 'detached' });
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(directory, `${name}-${view}.png`), fullPage: true });
    };
    for (const entry of wanted(OPEN_PAGES)) await shoot(entry);
    await signIn(page, scene.admin);
    for (const entry of wanted(pagesOf(scene))) await shoot(entry);
    await context.close();
  }
}
