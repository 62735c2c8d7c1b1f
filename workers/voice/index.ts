import type { RedirectJob, ResumeJob } from '../../src/calls/redirect-call.ts';
import type { LedgerReport } from '../../src/calls/session-types.ts';
import type { PrimeJob } from '../../src/campaigns/request-speech.ts';
import type { CancelJob } from '../../src/dialing/cancel-calls.ts';
import type { DialJob } from '../../src/dialing/claim-due.ts';
import { withSecurityHeaders } from '../../src/http/security-headers.ts';
import type { MessageJob } from '../../src/messaging/jobs.ts';
import type { RecordingJob } from '../../src/recordings/copy-recording.ts';
import { batchesWithFaults, withFaults } from '../faults/with-faults.ts';
import { answerSetupFault } from '../setup-fault.ts';
import { voiceApp } from './app.ts';
import { consumeCancel } from './consumers/cancel.ts';
import { consumeDeadLetters } from './consumers/dead-letters.ts';
import { consumeDial } from './consumers/dial.ts';
import { consumeLedger } from './consumers/ledger.ts';
import { consumeMessages } from './consumers/messages.ts';
import { consumePrime } from './consumers/prime.ts';
import { consumeRecordings } from './consumers/recordings.ts';
import { consumeRedirect } from './consumers/redirect.ts';
import { runCron } from './cron.ts';
import type { VoiceEnv } from './env.ts';

export {
  AgentDesk,
  CallSession,
  DialPacer,
  MessagePacer,
  SpeechPacer,
  TenantFeed,
} from './objects.ts';

export default {
  fetch: (request, env, ctx) =>
    withSecurityHeaders(answerSetupFault(() => voiceApp(withFaults(env)).fetch(request, env, ctx))),
  scheduled: (_controller, env) => runCron(withFaults(env)),
  queue: async (batch, env, ctx) => {
    for (const each of batchesWithFaults(batch, env)) await consume(each, withFaults(env), ctx);
  },
} satisfies ExportedHandler<VoiceEnv>;

function consume(batch: MessageBatch, env: VoiceEnv, ctx: ExecutionContext): Promise<void> {
  switch (batch.queue) {
    case 'destiny-dial':
      return consumeDial(batch as MessageBatch<DialJob>, env, ctx);
    case 'destiny-cancel':
      return consumeCancel(batch as MessageBatch<CancelJob>, env);
    case 'destiny-redirect':
      return consumeRedirect(batch as MessageBatch<RedirectJob | ResumeJob>, env);
    case 'destiny-messages':
      return consumeMessages(batch as MessageBatch<MessageJob>, env);
    case 'destiny-recordings':
      return consumeRecordings(batch as MessageBatch<RecordingJob>, env);
    case 'destiny-prime':
      return consumePrime(batch as MessageBatch<PrimeJob>, env);
    case 'destiny-ledger':
      return consumeLedger(batch as MessageBatch<LedgerReport>, env);
    default:
      return consumeDeadLetters(batch, env);
  }
}
