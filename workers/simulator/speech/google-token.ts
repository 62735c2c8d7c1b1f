import { importJWK, type JWK, jwtVerify } from 'jose';
import { GoogleError } from './google-errors.ts';

export type ServiceAccount = {
  readonly jwk: JWK;
  readonly clientEmail: string;
  readonly keyId: string | undefined;
};

const AUDIENCE = 'https://texttospeech.googleapis.com/';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const MAX_LIFE_SECONDS = 3600;
/** Google forgives small differences between clocks. */
const CLOCK_TOLERANCE_SECONDS = 10;

/** Checks a self-signed service account token (AIP-4111). */
export async function verifyToken(
  authorization: string | undefined,
  account: ServiceAccount | undefined,
  now: number,
): Promise<void> {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw refuse('the request has no bearer token');
  if (account === undefined) throw refuse('the simulator has no service account');
  const { payload, protectedHeader } = await verifySignature(token, account.jwk, now);
  if (account.keyId !== undefined && protectedHeader.kid !== account.keyId) {
    throw refuse('the key id is unknown');
  }
  if (payload.iss !== account.clientEmail || payload.sub !== account.clientEmail) {
    throw refuse('issuer and subject must be the client e-mail');
  }
  const { iat, exp, aud, scope } = payload;
  if (iat === undefined || exp === undefined || exp - iat > MAX_LIFE_SECONDS || exp <= iat) {
    throw refuse(`the token must live at most ${MAX_LIFE_SECONDS} seconds`);
  }
  if (iat > now / 1000 + CLOCK_TOLERANCE_SECONDS) throw refuse('the token is from the future');
  const isForScope = aud === undefined && scope === SCOPE;
  const isForAudience = scope === undefined && aud === AUDIENCE;
  // AIP-4111: audience or scope, never both.
  if (!isForScope && !isForAudience) throw refuse('audience or scope is wrong');
}

async function verifySignature(token: string, jwk: JWK, now: number) {
  const key = await importJWK(jwk, 'RS256');
  try {
    return await jwtVerify(token, key, {
      algorithms: ['RS256'],
      typ: 'JWT',
      currentDate: new Date(now),
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : String(cause));
  }
}

function refuse(reason: string): GoogleError {
  return new GoogleError(
    'UNAUTHENTICATED',
    `Request had invalid authentication credentials. (Simulator: ${reason}.)`,
  );
}
