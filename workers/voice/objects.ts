import { SpeechPacerObject } from '../../src/audio/speech-pacer.object.ts';
import { type CallSessionDeps, CallSessionObject } from '../../src/calls/call-session.object.ts';
import { DialPacerObject } from '../../src/dialing/dial-pacer.object.ts';
import { TenantFeedObject } from '../../src/live/tenant-feed.object.ts';
import { MessagePacerObject } from '../../src/messaging/message-pacer.object.ts';
import { sealerFrom } from '../../src/shared/seal.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { withFaults } from '../faults/with-faults.ts';
import { readSettings, type VoiceEnv } from './env.ts';

/** Durable Object classes with the world outside plugged in. */
export class CallSession extends CallSessionObject<VoiceEnv> {
  #deps: CallSessionDeps | null = null;

  protected override deps(): CallSessionDeps {
    if (this.#deps !== null) return this.#deps;
    const settings = readSettings(this.env);
    this.#deps = {
      clock: systemClock,
      sealer: sealerFrom(settings.encryptionKeys, systemRandom),
      urls: new CallbackUrls(settings.publicBaseUrl),
      ledger: withFaults(this.env).LEDGER,
    };
    return this.#deps;
  }
}

export class DialPacer extends DialPacerObject<VoiceEnv> {
  protected override clock() {
    return systemClock;
  }
}

export class SpeechPacer extends SpeechPacerObject<VoiceEnv> {
  protected override clock() {
    return systemClock;
  }
}

export class MessagePacer extends MessagePacerObject<VoiceEnv> {
  protected override clock() {
    return systemClock;
  }
}

export class TenantFeed extends TenantFeedObject<VoiceEnv> {
  protected override clock() {
    return systemClock;
  }
}
