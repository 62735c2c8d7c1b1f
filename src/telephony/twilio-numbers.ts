import type { AvailableNumber, NumberInventory, NumberWebhooks, OwnedNumber } from './numbers.ts';
import { failed, readable, type TwilioOptions, TwilioRest } from './twilio-rest.ts';

/** 1,000 numbers a page. */
const PAGES_MAX = 20;

/** IncomingPhoneNumbers and AvailablePhoneNumbers of one account at Twilio. */
export class TwilioNumbers implements NumberInventory {
  readonly #rest: TwilioRest;

  constructor(options: TwilioOptions) {
    this.#rest = new TwilioRest(options);
  }

  async list({ e164 }: { readonly e164?: string } = {}): Promise<OwnedNumber[]> {
    const query = new URLSearchParams({
      PageSize: '1000',
      ...(e164 === undefined ? {} : { PhoneNumber: e164 }),
    });
    const found: OwnedNumber[] = [];
    let path: string | null = `${this.#path()}?${query}`;
    for (let page = 0; path !== null; page++) {
      if (page === PAGES_MAX) throw failed('Twilio lists too many numbers.');
      const fields: Readonly<Record<string, unknown>> = readable(
        await this.#rest.send('GET', path),
      );
      found.push(...itemsOf(fields.incoming_phone_numbers).map(parseOwned));
      path = this.#rest.nextPath(fields.next_page_uri, 'IncomingPhoneNumbers.json');
    }
    // Twilio matches parts of a number.
    return e164 === undefined ? found : found.filter((one) => one.e164 === e164);
  }

  async search(query: Parameters<NumberInventory['search']>[0]): Promise<AvailableNumber[]> {
    const { country, areaCode, contains, limit } = query;
    const search = new URLSearchParams({
      PageSize: String(limit),
      VoiceEnabled: 'true',
      ...(areaCode === undefined ? {} : { AreaCode: areaCode }),
      ...(contains === undefined ? {} : { Contains: contains }),
    });
    const place = `AvailablePhoneNumbers/${encodeURIComponent(country)}/Local.json`;
    const answer = await this.#rest.send('GET', `${this.#rest.accountPath}${place}?${search}`);
    return itemsOf(readable(answer).available_phone_numbers).map((item) => ({
      e164: textOf(item.phone_number),
      locality: textOf(item.locality) || null,
      region: textOf(item.region) || null,
    }));
  }

  async buy(e164: string, webhooks: NumberWebhooks): Promise<OwnedNumber> {
    const form = new URLSearchParams({ PhoneNumber: e164, ...webhookForm(webhooks) });
    return parseOwned(readable(await this.#rest.send('POST', this.#path(), form)));
  }

  async setWebhooks(sid: string, webhooks: NumberWebhooks): Promise<OwnedNumber> {
    const path = `${this.#rest.accountPath}IncomingPhoneNumbers/${encodeURIComponent(sid)}.json`;
    const form = new URLSearchParams(webhookForm(webhooks));
    return parseOwned(readable(await this.#rest.send('POST', path, form)));
  }

  #path(): string {
    return `${this.#rest.accountPath}IncomingPhoneNumbers.json`;
  }
}

function webhookForm(webhooks: NumberWebhooks): Record<string, string> {
  const { voiceUrl, voiceFallbackUrl, statusCallback, smsUrl } = webhooks;
  return {
    ...{ VoiceUrl: voiceUrl, VoiceMethod: 'POST' },
    ...{ VoiceFallbackUrl: voiceFallbackUrl, VoiceFallbackMethod: 'POST' },
    ...{ StatusCallback: statusCallback, StatusCallbackMethod: 'POST' },
    ...{ SmsUrl: smsUrl, SmsMethod: 'POST' },
  };
}

type Fields = Readonly<Record<string, unknown>>;

function itemsOf(value: unknown): readonly Fields[] {
  if (!Array.isArray(value)) throw failed('Twilio answered with something that is no list.');
  return value.filter((item): item is Fields => typeof item === 'object' && item !== null);
}

function parseOwned(fields: Fields): OwnedNumber {
  const [sid, e164] = [textOf(fields.sid), textOf(fields.phone_number)];
  if (!/^PN[0-9a-fA-F]{32}$/.test(sid))
    throw failed('Twilio answered with something that is no number.');
  return {
    ...{ sid, e164 },
    voiceUrl: textOf(fields.voice_url),
    voiceFallbackUrl: textOf(fields.voice_fallback_url),
    statusCallback: textOf(fields.status_callback),
    smsUrl: textOf(fields.sms_url),
    canText: canText(fields.capabilities),
  };
}

/** Only a plain no is one. */
function canText(capabilities: unknown): boolean {
  if (typeof capabilities !== 'object' || capabilities === null) return true;
  return (capabilities as Fields).sms !== false;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
