import type { ChildProcess } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMember } from '../../cli/demo/members.ts';
import { freePorts } from '../../cli/local/ports.ts';
import { endProcess, ROOT, startWrangler } from '../../cli/local/wrangler.ts';
import { openBrowser, openContext, signIn } from '../../cli/page/browser.ts';
import { type OwnTenant, startWhole, until, type Whole } from '../support/whole.ts';

const ADMIN = { email: 'ada@harbour.test', password: 'a password of some length', name: 'Ada' };

let whole: Whole;
let tenant: OwnTenant;
let pages: ChildProcess;
let pagesUrl: string;

beforeAll(async () => {
  const [port = 0, inspectorPort = 0] = await freePorts(2);
  pagesUrl = `http://127.0.0.1:${port}`;
  whole = await startWhole({ settings: { APP_URL: pagesUrl } });
  tenant = await whole.newTenant();
  await addMember(whole.stack, tenant.id, { ...ADMIN, role: 'ADMIN' });
  // `wrangler pages dev` takes the wrangler.toml nearest to package.json, not the one beside it.
  const project = join(whole.stateDir, 'pages');
  for (const part of ['dist', 'functions', 'wrangler.toml']) {
    cpSync(join(ROOT, 'web', part), join(project, part), { recursive: true });
  }
  pages = startWrangler(
    [
      ...['pages', 'dev', '--ip', '127.0.0.1'],
      ...['--port', String(port), '--inspector-port', String(inspectorPort)],
      '--show-interactive-dev-session=false',
    ],
    // Beside the logs of the stack is the registry in which the two find each other.
    {
      settings: {},
      logFile: join(whole.stateDir, 'logs', 'pages.log'),
      cwd: project,
    },
  );
  await until(() =>
    fetch(`${pagesUrl}/api/v1/health`).then(
      ({ ok }) => ok || null,
      () => null,
    ),
  );
});
afterAll(async () => {
  if (pages !== undefined) await endProcess(pages);
  await whole?.stop();
});

test('on Pages one signs in through the proxy, and the live feed passes it', async () => {
  const browser = await openBrowser();
  const context = await openContext(browser, pagesUrl);
  const page = await context.newPage();
  await signIn(page, ADMIN);
  expect(new URL(page.url()).origin).toBe(pagesUrl);
  await page.getByRole('link', { name: 'Live' }).click();
  await page.getByText('Connected').waitFor();
  await browser.close();
});

test('any address is the page with its headers; its parts stay in the cache for a year', async () => {
  const page = await fetch(`${pagesUrl}/t/${tenant.id}/calls`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(await page.text()) ?? [];
  const part = await fetch(`${pagesUrl}${script}`);
  expect(part.headers.get('content-type')).toContain('javascript');
  expect(part.headers.get('cache-control')).toContain('max-age=31536000');
});
