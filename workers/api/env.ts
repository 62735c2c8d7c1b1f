import type { RedirectJob, ResumeJob } from '../../src/calls/redirect-call.ts';
import type { LedgerReport } from '../../src/calls/session-types.ts';
import type { PrimeJob } from '../../src/campaigns/request-speech.ts';
import type { ImportJob } from '../../src/contacts/import-lease.ts';
import type { CancelJob } from '../../src/dialing/cancel-calls.ts';
import type { DialJob } from '../../src/dialing/claim-due.ts';
import type { MessageJob } from '../../src/messaging/jobs.ts';
import type { RecordingJob } from '../../src/recordings/copy-recording.ts';
import type { ScriptSpeechJob } from '../../src/scripts/script-speech.ts';
import { numberSetting, textSetting, urlSetting } from '../../src/shared/settings.ts';
import type { WebhookJob } from '../../src/webhooks/deliver-due.ts';
import type { AgentDesk, CallSession, DialPacer, TenantFeed } from '../voice/objects.ts';
import type { RateLimiter } from './objects.ts';

/** Bindings of workers/api/wrangler.toml, and the settings that `readSettings` checks. */
export type ApiEnv = {
  readonly CONTROL: D1Database;
  readonly PRIME: Queue<PrimeJob | ScriptSpeechJob>;
  readonly DIAL: Queue<DialJob>;
  readonly IMPORTS: Queue<ImportJob>;
  readonly RATE_LIMITERS: DurableObjectNamespace<RateLimiter>;
  readonly CANCEL: Queue<CancelJob>;
  readonly MESSAGES: Queue<MessageJob>;
  readonly REDIRECT: Queue<RedirectJob | ResumeJob>;
  readonly LEDGER: Queue<LedgerReport>;
  readonly RECORDINGS: Queue<RecordingJob>;
  readonly WEBHOOKS: Queue<WebhookJob>;
  readonly AGENT_DESKS: DurableObjectNamespace<AgentDesk>;
  readonly CALL_SESSIONS: DurableObjectNamespace<CallSession>;
  readonly DIAL_PACERS: DurableObjectNamespace<DialPacer>;
  readonly FEEDS: DurableObjectNamespace<TenantFeed>;
  readonly VOICE: Fetcher;
};

export function readSettings(env: object) {
  return {
    speechRequestsPerMinute: numberSetting(env, 'SPEECH_REQUESTS_PER_MINUTE', 200),
    publicBaseUrl: urlSetting(env, 'PUBLIC_BASE_URL'),
    twilioBaseUrl: urlSetting(env, 'TWILIO_BASE_URL', 'https://api.twilio.com'),
    encryptionKeys: textSetting(env, 'ENCRYPTION_KEYS'),
    authSecret: textSetting(env, 'AUTH_SECRET'),
    audioSecret: textSetting(env, 'AUDIO_SECRET'),
    appUrl: urlSetting(env, 'APP_URL'),
    s3Endpoint: urlSetting(env, 'S3_ENDPOINT'),
    s3AccessKeyId: textSetting(env, 'S3_ACCESS_KEY_ID'),
    s3SecretAccessKey: textSetting(env, 'S3_SECRET_ACCESS_KEY'),
    /** Empty: no superadmin can be made, and nothing is sent. */
    setupToken: textSetting(env, 'SETUP_TOKEN', 'none'),
    resendApiKey: textSetting(env, 'RESEND_API_KEY', 'none'),
    resendBaseUrl: urlSetting(env, 'RESEND_BASE_URL', 'https://api.resend.com'),
    mailFrom: textSetting(env, 'MAIL_FROM', 'Destiny <destiny@localhost>'),
    allowsPrivateWebhooks: textSetting(env, 'ALLOW_PRIVATE_WEBHOOKS', 'no') === 'yes',
    webhookTimeoutMs: numberSetting(env, 'WEBHOOK_TIMEOUT_MS', 15_000),
    /** Far longer than anybody remembers where a tenant was at home. */
    moveGraceSeconds: numberSetting(env, 'MOVE_GRACE_SECONDS', 900),
    requestsPerMinute: numberSetting(env, 'API_REQUESTS_PER_MINUTE', 3000),
  };
}
