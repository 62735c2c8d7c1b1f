import type { PeopleDb } from '../db/people-db.ts';
import type { Clock, RandomBytes } from '../shared/clock.ts';
import type { NewId } from '../shared/ids.ts';
import type { Auth } from './auth.ts';
import type { Mailer } from './mail.ts';

/** What every verb on people is given. */
export type IdentityContext = {
  readonly auth: Auth;
  readonly people: PeopleDb;
  readonly mailer: Mailer;
  readonly appUrl: string;
  /** Makes the first superadmin; null when none may be made. */
  readonly setupToken: string | null;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly newId: NewId;
};

/** The request as far as identity needs it. */
export type Visitor = {
  /** Cookies are in here. */
  readonly headers: Headers;
  readonly ip: string;
};
