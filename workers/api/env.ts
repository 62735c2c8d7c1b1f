import type { PrimeJob } from '../../src/campaigns/request-speech.ts';
import type { CancelJob } from '../../src/dialing/cancel-calls.ts';
import { numberSetting, textSetting } from '../../src/shared/settings.ts';

/** Bindings of workers/api/wrangler.toml, and the settings that `readSettings` checks. */
export type ApiEnv = {
  readonly CONTROL: D1Database;
  readonly PRIME: Queue<PrimeJob>;
  readonly CANCEL: Queue<CancelJob>;
  readonly VOICE: Fetcher;
};

export function readSettings(env: object) {
  return {
    apiToken: textSetting(env, 'API_TOKEN'),
    speechRequestsPerMinute: numberSetting(env, 'SPEECH_REQUESTS_PER_MINUTE', 200),
    encryptionKeys: textSetting(env, 'ENCRYPTION_KEYS'),
  };
}
