import type { RedirectJob } from '../../src/calls/redirect-call.ts';
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
import type { CallSession, DialPacer, MessagePacer, SpeechPacer, TenantFeed } from './objects.ts';

/** Bindings of wrangler.toml, and the settings that `readSettings` checks. */
export type VoiceEnv = {
  readonly CONTROL: D1Database;
  readonly CALL_SESSIONS: DurableObjectNamespace<CallSession>;
  readonly DIAL_PACERS: DurableObjectNamespace<DialPacer>;
  readonly SPEECH_PACERS: DurableObjectNamespace<SpeechPacer>;
  readonly DIAL: Queue<DialJob>;
  readonly CANCEL: Queue<CancelJob>;
  readonly REDIRECT: Queue<RedirectJob>;
  readonly PRIME: Queue<PrimeJob | ScriptSpeechJob>;
  readonly IMPORTS: Queue<ImportJob>;
  readonly MESSAGES: Queue<MessageJob>;
  readonly RECORDINGS: Queue<RecordingJob>;
  readonly WEBHOOKS: Queue<WebhookJob>;
  readonly FEEDS: DurableObjectNamespace<TenantFeed>;
  readonly MESSAGE_PACERS: DurableObjectNamespace<MessagePacer>;
  readonly LEDGER: Queue<LedgerReport>;
  readonly SPEECH_REQUESTS_PER_MINUTE?: string;
};

export type VoiceSettings = ReturnType<typeof readSettings>;

/** Parsed once at the door; a missing variable is named, its value never. */
export function readSettings(env: object) {
  return {
    publicBaseUrl: urlSetting(env, 'PUBLIC_BASE_URL'),
    encryptionKeys: textSetting(env, 'ENCRYPTION_KEYS'),
    audioSecret: textSetting(env, 'AUDIO_SECRET'),
    twilioBaseUrl: urlSetting(env, 'TWILIO_BASE_URL', 'https://api.twilio.com'),
    googleBaseUrl: urlSetting(env, 'GOOGLE_TTS_BASE_URL', 'https://texttospeech.googleapis.com'),
    googleServiceAccount: textSetting(env, 'GOOGLE_SERVICE_ACCOUNT'),
    speechRequestsPerMinute: numberSetting(env, 'SPEECH_REQUESTS_PER_MINUTE', 200),
    s3Endpoint: urlSetting(env, 'S3_ENDPOINT'),
    s3AccessKeyId: textSetting(env, 'S3_ACCESS_KEY_ID'),
    s3SecretAccessKey: textSetting(env, 'S3_SECRET_ACCESS_KEY'),
    /** Only where the outside world is a simulator on the same machine. */
    allowsPrivateWebhooks: textSetting(env, 'ALLOW_PRIVATE_WEBHOOKS', 'no') === 'yes',
  };
}
