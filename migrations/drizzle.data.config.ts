import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: [
    'contact',
    'import',
    'script',
    'campaign',
    'call',
    'message',
    'recording',
    'figure',
    'webhook',
    'gate',
  ].map((table) => `./src/db/schema/${table}.ts`),
  out: './migrations/data',
});
