import type { MOVE_ROUTES } from '../../../contract/routes/move.ts';
import type { MoveRow } from '../../../db/move-db.ts';
import { abandonMove, findMove, startMove } from '../../../moves/start-move.ts';
import type { HandlersOf } from '../context.ts';

export const moveHandlers: HandlersOf<typeof MOVE_ROUTES> = {
  readMove: async ({ deps }, { params }) => shown(await findMove(deps.moves, params.id)),
  moveTenant: async ({ deps, note }, { params, body }) => {
    const own = await startMove(deps.moves, { tenantId: params.id, shard: body.shard });
    note({ tenantId: params.id, detail: { from: own.fromShard, to: own.toShard } });
    return shown(own);
  },
  abandonMove: async ({ deps, note }, { params }) => {
    const own = await abandonMove(deps.moves, params.id);
    note({ tenantId: params.id });
    return shown(own);
  },
};

function shown({ id, state, fromShard, toShard, rowsCopied, error, ...at }: MoveRow) {
  const { createdAt, cutAt, finishedAt } = at;
  return { id, state, fromShard, toShard, rowsCopied, error, createdAt, cutAt, finishedAt };
}
