import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareAccount, prepareCampaign, readCampaign } from './demo/campaign.ts';
import { callEverybody, makeSpeech } from './demo/drive.ts';
import { follow } from './demo/follow.ts';
import { people } from './demo/people.ts';
import { ADMIN_EMAIL } from './local/api-client.ts';
import { startStack } from './local/stack.ts';
import { ROOT } from './local/wrangler.ts';

const STATE_DIR = join(ROOT, '.destiny', 'local');
const CONTACTS = 12;
const CALLS_PER_SECOND = 1;
/** People talk four times as fast as in life, so that a first look does not take long. */
const TIME_SCALE = 4;

console.log('Starting the Workers and the simulator (a phone company that costs nothing) ...');
const stack = await startStack({
  stateDir: STATE_DIR,
  timeScale: TIME_SCALE,
  seed: Date.now() % 1000,
  callsPerSecond: CALLS_PER_SECOND,
  cronEveryMs: 1000,
});
const stop = async () => {
  console.log('\nStopping ...');
  await stack.stop();
  process.exit(0);
};
process.on('SIGINT', stop);

try {
  await showFirstCalls();
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  console.error(`Logs: ${join(STATE_DIR, 'logs')}`);
  await stack.stop();
  process.exit(1);
}

async function showFirstCalls(): Promise<void> {
  console.log(`Ready: ${stack.appUrl}   API: ${stack.appUrl}/api/v1`);
  console.log(`Sign in: ${ADMIN_EMAIL} with the password ${stack.secrets.adminPassword}`);
  console.log(
    `\nA tenant with ${CONTACTS} contacts, a number and the script cli/demo/appointment.destiny:`,
  );
  const persons = people(CONTACTS, Date.now());
  const tenantFile = join(STATE_DIR, 'tenant');
  const known = existsSync(tenantFile) ? readFileSync(tenantFile, 'utf8') : null;
  await prepareAccount(stack, persons, CALLS_PER_SECOND);
  const demo = await prepareCampaign(stack, persons, undefined, known);
  writeFileSync(tenantFile, demo.tenantId);
  console.log(`tenant ${demo.tenantId}, campaign ${demo.campaignId}`);
  console.log('Making the speech ahead of the calls ...');
  await makeSpeech(stack, [demo], () => undefined);
  const { clips } = await readCampaign(stack, demo);
  console.log(`${clips} sentences are made. Calling, one a second:\n`);
  const following = follow(stack, demo, persons, (line) => console.log(line));
  await callEverybody(stack, [demo], () => undefined);
  await following.end();
  const { outcomes, contacts } = await readCampaign(stack, demo);
  console.log(`\nFinished: ${JSON.stringify({ contacts, outcomes })}`);
  console.log('The stack goes on running; Ctrl-C ends it. What it knows stays in .destiny/local.');
}
