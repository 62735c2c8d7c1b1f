import { importPKCS8, SignJWT } from 'jose';
import { DestinyError } from '../shared/errors.ts';

const AUDIENCE = 'https://texttospeech.googleapis.com/';
const LIFETIME_S = 3600;
const RENEW_AFTER_MS = 50 * 60_000;

type ServiceAccount = {
  readonly email: string;
  readonly keyId: string;
  readonly privateKey: string;
};

/**
 * Bearer tokens for Google's speech API: a JWT signed with the service account's own key
 * (AIP-4111), which needs no exchange with an OAuth server.
 */
export class GoogleToken {
  readonly #account: ServiceAccount;
  readonly #now: () => number;
  #current: { readonly jwt: string; readonly signedAt: number } | null = null;

  /** `serviceAccount` is the JSON Google hands out. Throws `config_invalid`. */
  constructor(serviceAccount: string, now: () => number) {
    this.#account = parseServiceAccount(serviceAccount);
    this.#now = now;
  }

  async bearer(): Promise<string> {
    const now = this.#now();
    const age = now - (this.#current?.signedAt ?? Number.NEGATIVE_INFINITY);
    if (this.#current !== null && age >= 0 && age < RENEW_AFTER_MS) return this.#current.jwt;
    const jwt = await sign(this.#account, Math.floor(now / 1000));
    this.#current = { jwt, signedAt: now };
    return jwt;
  }

  /** After a 401: the next `bearer` signs again. */
  forget(): void {
    this.#current = null;
  }
}

async function sign(account: ServiceAccount, iat: number): Promise<string> {
  const key = await importPKCS8(account.privateKey, 'RS256').catch(() => {
    throw configError('its private_key is not a PKCS #8 PEM');
  });
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: account.keyId })
    .setIssuer(account.email)
    .setSubject(account.email)
    .setAudience(AUDIENCE)
    .setIssuedAt(iat)
    .setExpirationTime(iat + LIFETIME_S)
    .sign(key);
}

function parseServiceAccount(json: string): ServiceAccount {
  const fields = parseObject(json);
  const field = (name: string): string => {
    const value = fields[name];
    if (typeof value !== 'string' || value === '') throw configError(`it has no ${name}`);
    return value;
  };
  return {
    email: field('client_email'),
    keyId: field('private_key_id'),
    // Secrets pasted through a shell or a dashboard often arrive with the two characters \n.
    privateKey: field('private_key').replaceAll('\\n', '\n'),
  };
}

function parseObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // The parser's own message quotes the text, which is a secret.
  }
  throw configError('it is not a JSON object');
}

function configError(reason: string): DestinyError {
  return new DestinyError(
    'config_invalid',
    `Set GOOGLE_SERVICE_ACCOUNT to the JSON key of a Google service account: ${reason}.`,
  );
}
