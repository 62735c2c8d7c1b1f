import { generateKeyPairSync } from 'node:crypto';
import { resolve } from 'node:path';
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/** Settings of the Worker under test; the outside world does not answer unless a test plays it. */
const VOICE_SETTINGS = {
  PUBLIC_BASE_URL: 'https://voice.test',
  ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
  AUDIO_SECRET: 'the audio secret of the tests',
  TWILIO_BASE_URL: 'https://twilio.test',
  GOOGLE_TTS_BASE_URL: 'https://google.test',
  GOOGLE_SERVICE_ACCOUNT: JSON.stringify(testServiceAccount()),
  S3_ENDPOINT: 'https://s3.test/destiny-objects',
  S3_ACCESS_KEY_ID: 'key',
  S3_SECRET_ACCESS_KEY: 'secret',
};

function testServiceAccount() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    client_email: 'speech@test.iam.gserviceaccount.com',
    private_key_id: 'test',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  };
}

const voiceBindings = async () => ({
  ...VOICE_SETTINGS,
  TEST_MIGRATIONS: {
    control: await readD1Migrations('migrations/control'),
    data: await readD1Migrations('migrations/data'),
    events: await readD1Migrations('migrations/events'),
  },
});

export default defineConfig(async () => ({
  test: {
    projects: [
      {
        resolve: { alias: { 'cloudflare:workers': resolve('tests/support/node-workers.ts') } },
        test: {
          name: 'unit',
          include: ['{src,workers,cli,bench,drill,tests,web}/**/*.test.ts'],
          exclude: ['**/*.worker.test.ts', '**/*.story.test.ts', '**/*.browser.test.ts'],
          globalSetup: ['./tests/setup/build-page.ts'],
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: { bindings: await voiceBindings() },
          }),
        ],
        test: {
          name: 'voice',
          include: [
            'src/**/*.worker.test.ts',
            'workers/voice/**/*.worker.test.ts',
            'tests/security/**/*.worker.test.ts',
          ],
          setupFiles: ['./tests/setup/apply-migrations.ts'],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './workers/simulator/wrangler.toml' },
            miniflare: { bindings: { SIM_CONTROL_TOKEN: 'control-token' } },
          }),
        ],
        test: {
          name: 'simulator',
          include: ['workers/simulator/**/*.worker.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'stories',
          include: ['tests/{stories,security}/**/*.story.test.ts'],
          globalSetup: ['./tests/setup/build-page.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.browser.test.ts'],
          globalSetup: ['./tests/setup/build-page.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
}));
