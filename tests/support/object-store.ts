import { createTestHarness } from 'wrangler';

/** R2's S3 API as wrangler serves it, with the settings by which a Worker finds it. */
export async function startObjectStore() {
  const harness = createTestHarness({ workers: [{ configPath: './wrangler.toml' }] });
  const { origin } = (await harness.listen()).url;
  return {
    settings: {
      S3_ENDPOINT: `${origin}/cdn-cgi/local/r2/s3/destiny-objects`,
      S3_ACCESS_KEY_ID: 'local-access-key',
      S3_SECRET_ACCESS_KEY: 'local-secret-key',
    },
    stop: () => harness.close(),
  };
}
