import { join } from 'node:path';
import { createServer } from 'vite';
import { ADMIN_EMAIL } from './local/api-client.ts';
import { freePorts } from './local/ports.ts';
import { startStack } from './local/stack.ts';
import { ROOT } from './local/wrangler.ts';

/** `npm run dev`: the page with hot reload, on what `npm start` made; the Workers run beside it. */
const [port = 0] = await freePorts(1);
const pageUrl = `http://127.0.0.1:${port}`;
const stack = await startStack({
  stateDir: join(ROOT, '.destiny', 'local'),
  timeScale: 4,
  seed: 7,
  callsPerSecond: 1,
  cronEveryMs: 1000,
  // Whom the page is served by is whose requests count as its own.
  settings: { APP_URL: pageUrl },
});
// The platform's owner is made by whoever asks first.
await stack.api.request('GET', '/tenants');
process.env.DESTINY_API = stack.appUrl;
const server = await createServer({
  configFile: join(ROOT, 'web', 'vite.config.ts'),
  server: { port, host: '127.0.0.1', strictPort: true },
});
await server.listen();
console.log(`The page: ${pageUrl}   the Workers: ${stack.appUrl}`);
console.log(`Sign in: ${ADMIN_EMAIL} with the password ${stack.secrets.adminPassword}`);
process.on('SIGINT', async () => {
  await server.close();
  await stack.stop();
  process.exit(0);
});
