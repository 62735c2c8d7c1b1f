/** Where Twilio asks what to do with a call or message to a number; empty when nowhere. */
export type NumberWebhooks = {
  readonly voiceUrl: string;
  /** Asked when the first gave nothing usable. */
  readonly voiceFallbackUrl: string;
  /** Told of the end of a call that came in. */
  readonly statusCallback: string;
  readonly smsUrl: string;
};

export type OwnedNumber = NumberWebhooks & {
  readonly sid: string;
  readonly e164: string;
  /** Twilio lets it send texts. */
  readonly canText: boolean;
};
export type AvailableNumber = {
  readonly e164: string;
  readonly locality: string | null;
  readonly region: string | null;
};

/** The phone numbers of one account. Everything throws `carrier_failed`. */
export type NumberInventory = {
  readonly list: (query?: { readonly e164?: string }) => Promise<OwnedNumber[]>;
  readonly search: (query: {
    /** ISO 3166-1 alpha-2. */
    readonly country: string;
    readonly areaCode?: string | undefined;
    readonly contains?: string | undefined;
    readonly limit: number;
  }) => Promise<AvailableNumber[]>;
  readonly buy: (e164: string, webhooks: NumberWebhooks) => Promise<OwnedNumber>;
  readonly setWebhooks: (sid: string, webhooks: NumberWebhooks) => Promise<OwnedNumber>;
};
