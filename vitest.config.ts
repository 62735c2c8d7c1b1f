import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const workerProject = (name: string, configPath: string, include: string[]) => ({
  plugins: [cloudflareTest({ wrangler: { configPath } })],
  test: { name, include, testTimeout: 20_000 },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,workers,cli,bench,tests}/**/*.test.ts'],
          exclude: ['**/*.worker.test.ts', '**/*.story.test.ts'],
        },
      },
      workerProject('voice', './wrangler.toml', [
        'src/**/*.worker.test.ts',
        'workers/voice/**/*.worker.test.ts',
      ]),
      workerProject('simulator', './workers/simulator/wrangler.toml', [
        'workers/simulator/**/*.worker.test.ts',
      ]),
      {
        test: {
          name: 'stories',
          include: ['tests/stories/**/*.story.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
