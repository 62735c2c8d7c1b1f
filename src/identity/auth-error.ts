import { APIError } from 'better-auth/api';
import { DestinyError } from '../shared/errors.ts';

/** Runs a call of better-auth; what it refuses becomes one of our errors. */
export async function asOurs<T>(call: Promise<T>, refused: () => DestinyError): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof APIError)) throw error;
    const code: unknown = error.body?.code;
    if (code === 'ACCOUNT_TEMPORARILY_LOCKED' || error.status === 'TOO_MANY_REQUESTS') {
      throw new DestinyError(
        'account_locked',
        'Too many wrong codes; wait a quarter of an hour and try again.',
      );
    }
    if (code === 'PASSWORD_TOO_SHORT' || code === 'PASSWORD_TOO_LONG') {
      throw new DestinyError('invalid_input', 'A password has 12 to 128 characters.');
    }
    throw refused();
  }
}
