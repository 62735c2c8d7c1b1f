import { type AgentDeskDeps, AgentDeskObject } from '../../src/agents/agent-desk.object.ts';
import { SpeechPacerObject } from '../../src/audio/speech-pacer.object.ts';
import { type CallSessionDeps, CallSessionObject } from '../../src/calls/call-session.object.ts';
import { sessionName } from '../../src/calls/session-name.ts';
import { DialPacerObject } from '../../src/dialing/dial-pacer.object.ts';
import { TenantFeedObject } from '../../src/live/tenant-feed.object.ts';
import { MessagePacerObject } from '../../src/messaging/message-pacer.object.ts';
import { sealerFrom } from '../../src/shared/seal.ts';
import { steadyObject } from '../../src/shared/steady-object.ts';
import { CallbackUrls } from '../../src/telephony/callback-url.ts';
import { systemClock, systemRandom } from '../clock.ts';
import { withClockJump } from '../faults/clock-jump.ts';
import { withObjectFaults } from '../faults/faulty-objects.ts';
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
      desk: (tenantId) => {
        const desk = this.env.AGENT_DESKS.getByName(`t:${tenantId}`);
        return { room: (report) => desk.room(tenantId, report) };
      },
      redirect: withFaults(this.env).REDIRECT,
    };
    return this.#deps;
  }
}

export class AgentDesk extends AgentDeskObject<VoiceEnv> {
  #deps: AgentDeskDeps | null = null;

  protected override deps(): AgentDeskDeps {
    if (this.#deps !== null) return this.#deps;
    const settings = readSettings(this.env);
    this.#deps = {
      clock: systemClock,
      random: systemRandom,
      sealer: sealerFrom(settings.encryptionKeys, systemRandom),
      urls: new CallbackUrls(settings.publicBaseUrl),
      session: (tenantId, callId) =>
        steadyObject(
          () => this.env.CALL_SESSIONS.getByName(sessionName(tenantId, callId)),
          systemClock,
        ),
      resume: withFaults(this.env).REDIRECT,
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

withClockJump();
withObjectFaults(
  ...[CallSession, AgentDesk, DialPacer, SpeechPacer, MessagePacer, TenantFeed].map(
    (each) => each.prototype,
  ),
);
