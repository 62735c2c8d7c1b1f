import { advanceMove } from './advance-move.ts';
import type { MoveContext } from './context.ts';

/** A tick is a minute; the rest of it is for others. */
const WORK_MS = 20_000;
/** Each asks the databases up to seven times; an invocation may ask a thousand times. */
const MOST_STEPS = 100;

/** Goes on with every move that nobody works at, one after the other. */
export async function advanceMoves(ctx: MoveContext): Promise<void> {
  const until = ctx.clock.now() + WORK_MS;
  let steps = MOST_STEPS;
  const mayGoOn = () => steps-- > 0 && ctx.clock.now() < until;
  for (const own of await ctx.moves.active()) {
    if (own.leaseUntil <= ctx.clock.now()) await advanceMove(ctx, own, mayGoOn);
  }
}
