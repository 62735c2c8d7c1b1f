import { Call, Device } from '@twilio/voice-sdk';
import type { LineToken } from '../../../src/agents/http-softphone.ts';
import type { Softphone } from './port.ts';

/** A line through Twilio's Voice SDK: sound by WebRTC, from the microphone the browser offers. */
export class TwilioSoftphone implements Softphone {
  readonly #newToken: () => Promise<LineToken>;
  #device: Device | null = null;
  #call: Call | null = null;
  #onEnd: () => void = () => undefined;

  constructor(newToken: () => Promise<LineToken>) {
    this.#newToken = newToken;
  }

  async connect(ticket: string): Promise<void> {
    const device = await this.#deviceWithToken();
    const call = await device.connect({ params: { ticket } });
    this.#call = call;
    await new Promise<void>((resolve, reject) => {
      let isTaken = false;
      const over = (error?: unknown) => {
        if (this.#call !== call) return;
        this.#call = null;
        if (isTaken) this.#onEnd();
        else reject(error instanceof Error ? error : new Error('The line could not be had.'));
      };
      call.on('accept', () => {
        isTaken = true;
        resolve();
      });
      call.on('disconnect', () => over());
      call.on('cancel', () => over());
      call.on('reject', () => over());
      // Some errors pass (a microphone that changed); one that ends the call says so as well.
      call.on('error', (error: unknown) => {
        if (!isTaken || call.status() === Call.State.Closed) over(error);
      });
    });
  }

  mute(isMuted: boolean): void {
    this.#call?.mute(isMuted);
  }

  sendDigits(digits: string): void {
    this.#call?.sendDigits(digits);
  }

  hangUp(): void {
    this.#call?.disconnect();
  }

  onEnd(listener: () => void): void {
    this.#onEnd = listener;
  }

  /** A token lives for an hour and a page for a day: each call has a new one. */
  async #deviceWithToken(): Promise<Device> {
    const { token } = await this.#newToken();
    if (this.#device === null) {
      this.#device = new Device(token, {
        codecPreferences: [Call.Codec.Opus, Call.Codec.PCMU],
        closeProtection: 'You are in a call. Leaving the page ends it.',
      });
    } else this.#device.updateToken(token);
    return this.#device;
  }
}
