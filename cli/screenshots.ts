import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from './local/stack.ts';
import { ROOT } from './local/wrangler.ts';
import { openBrowser } from './page/browser.ts';
import { setScene } from './page/scene.ts';
import { takeShots } from './page/shots.ts';

/** `npm run screenshots [-- part of a name]`: every page, light, dark and small, as pictures. */
const directory = join(ROOT, 'screenshots');
const stateDir = mkdtempSync(join(tmpdir(), 'destiny-screenshots-'));
const stack = await startStack({
  stateDir,
  timeScale: 20,
  seed: 7,
  callsPerSecond: 10,
  cronEveryMs: 500,
});
try {
  const scene = await setScene(stack);
  const browser = await openBrowser();
  await takeShots(browser, scene, {
    appUrl: stack.appUrl,
    directory,
    only: process.argv[2] ?? '',
  });
  await browser.close();
  console.log(`The pictures are in ${directory}`);
} finally {
  await stack.stop();
  rmSync(stateDir, { recursive: true, force: true });
}
