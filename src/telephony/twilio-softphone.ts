import { failed, readable, type TwilioOptions, TwilioRest } from './twilio-rest.ts';

const NAME = 'Destiny agents';

/** What an account needs so that pages can call: a key that signs, an application that answers. */
export type SoftphoneKeys = {
  /** The secret is shown this once. Throws `carrier_failed`. */
  readonly newKey: () => Promise<{ readonly sid: string; readonly secret: string }>;
  readonly newApplication: (voiceUrl: string) => Promise<string>;
  /** False when there is no such application any more. */
  readonly setVoiceUrl: (sid: string, voiceUrl: string) => Promise<boolean>;
};

export class TwilioSoftphone implements SoftphoneKeys {
  readonly #rest: TwilioRest;

  constructor(options: TwilioOptions) {
    this.#rest = new TwilioRest(options);
  }

  async newKey() {
    const form = new URLSearchParams({ FriendlyName: NAME });
    const path = `${this.#rest.accountPath}Keys.json`;
    const { sid, secret } = readable(await this.#rest.send('POST', path, form));
    if (typeof sid === 'string' && typeof secret === 'string') return { sid, secret };
    throw failed('Twilio answered with something that is no API key.');
  }

  async newApplication(voiceUrl: string): Promise<string> {
    const form = new URLSearchParams({ FriendlyName: NAME, ...voice(voiceUrl) });
    const path = `${this.#rest.accountPath}Applications.json`;
    const { sid } = readable(await this.#rest.send('POST', path, form));
    if (typeof sid === 'string') return sid;
    throw failed('Twilio answered with something that is no application.');
  }

  async setVoiceUrl(sid: string, voiceUrl: string): Promise<boolean> {
    const path = `${this.#rest.accountPath}Applications/${encodeURIComponent(sid)}.json`;
    const answer = await this.#rest.send('POST', path, new URLSearchParams(voice(voiceUrl)));
    if (answer.kind === 'answer' && answer.status === 404) return false;
    readable(answer);
    return true;
  }
}

const voice = (url: string) => ({ VoiceUrl: url, VoiceMethod: 'POST' });
