import { DestinyError } from '../shared/errors.ts';
import type { Fetch } from '../shared/fetch.ts';
import { isPrivateHost } from '../shared/private-host.ts';
import type { RecordedSound, RecordingSource } from './recordings.ts';
import { failed, type TwilioOptions, TwilioRest } from './twilio-rest.ts';

const SID = /^RE[0-9a-fA-F]{32}$/;
/** Time to the first byte; the sound itself takes as long as it takes. */
const OPEN_WITHIN_MS = 15_000;

/**
 * Recordings of one account at Twilio. Only their SIDs are taken from what the carrier said, never
 * an address, so that nothing else can be asked for with our token.
 */
export class TwilioRecordings implements RecordingSource {
  readonly #rest: TwilioRest;
  readonly #fetch: Fetch;

  constructor(options: TwilioOptions) {
    this.#rest = new TwilioRest(options);
    this.#fetch = options.fetch;
  }

  async open(sid: string, channels: number): Promise<RecordedSound | null> {
    const query = channels > 1 ? '?RequestedChannels=2' : '';
    const request = this.#rest.request('GET', `${this.#path(sid)}.wav${query}`);
    const response = await this.#follow(await this.#ask(request));
    if (response.status === 404) return this.#nothing(response);
    if (response.status !== 200 || response.body === null) {
      await response.body?.cancel();
      throw failed(`Twilio answered ${response.status} when asked for a recording.`);
    }
    const length = response.headers.get('content-length');
    return { body: response.body, bytes: length === null ? null : Number(length) };
  }

  async delete(sid: string): Promise<void> {
    const answer = await this.#rest.send('DELETE', `${this.#path(sid)}.json`);
    if (answer.kind === 'none') throw failed(`Twilio could not be reached: ${answer.reason}.`);
    if (answer.status !== 204 && answer.status !== 404) {
      throw failed(`Twilio answered ${answer.status} when asked to delete a recording.`);
    }
  }

  async #ask(request: Request): Promise<Response> {
    const fetch = this.#fetch;
    try {
      return await fetch(new Request(request, { signal: AbortSignal.timeout(OPEN_WITHIN_MS) }));
    } catch (cause) {
      throw new DestinyError('carrier_failed', 'Twilio could not be reached.', { cause });
    }
  }

  /** The sound may lie elsewhere: one step, to a public address, without our token. */
  async #follow(response: Response): Promise<Response> {
    if (response.status < 300 || response.status >= 400) return response;
    const place = URL.parse(response.headers.get('location') ?? '');
    await response.body?.cancel();
    if (place === null || place.protocol !== 'https:' || isPrivateHost(place.hostname)) {
      throw failed('Twilio sent us to an address that is not public.');
    }
    return this.#ask(new Request(place, { redirect: 'manual' }));
  }

  async #nothing(response: Response): Promise<null> {
    await response.body?.cancel();
    return null;
  }

  #path(sid: string): string {
    if (!SID.test(sid)) throw failed('That is no recording of Twilio.');
    return `${this.#rest.accountPath}Recordings/${sid}`;
  }
}
