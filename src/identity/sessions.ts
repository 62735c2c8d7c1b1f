import type { PeopleDb, SessionRow } from '../db/people-db.ts';
import type { Clock } from '../shared/clock.ts';
import { DestinyError } from '../shared/errors.ts';

type SessionContext = { readonly people: PeopleDb; readonly clock: Clock };

export type SessionView = {
  readonly id: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly isCurrent: boolean;
};

/** Where a person is signed in; the tokens stay in the database. */
export async function listSessions(
  ctx: SessionContext,
  userId: string,
  currentId: string | null,
): Promise<SessionView[]> {
  const rows = await ctx.people.sessionsOf(userId, ctx.clock.now());
  return rows.map((row) => viewOf(row, currentId));
}

export async function endSession(ctx: SessionContext, userId: string, id: string): Promise<void> {
  if ((await ctx.people.endSessions(userId, { id })) === 1) return;
  throw new DestinyError('not_found', `There is no session ${id}; it may have ended already.`);
}

function viewOf(row: SessionRow, currentId: string | null): SessionView {
  return {
    id: row.id,
    createdAt: row.createdAt.getTime(),
    expiresAt: row.expiresAt.getTime(),
    ip: row.ipAddress || null,
    userAgent: row.userAgent || null,
    isCurrent: row.id === currentId,
  };
}
