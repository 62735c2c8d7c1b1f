import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: ['control', 'identity', 'access', 'alert', 'move'].map(
    (table) => `./src/db/schema/${table}.ts`,
  ),
  out: './migrations/control',
});
