import { routes } from '../route.ts';
import { ById } from '../shapes/common.ts';
import * as move from '../shapes/move.ts';

const moves = {
  tag: 'Platform',
  rule: { who: 'superadmin' },
  path: '/system/tenants/{id}/move',
  params: ById,
  returns: move.TenantMove,
} as const;

export const MOVE_ROUTES = routes({
  readMove: {
    ...moves,
    method: 'get',
    status: 200,
    summary: 'How far the tenant’s newest move to another database is',
    audit: null,
    refuses: ['not_found'],
  },
  moveTenant: {
    ...moves,
    method: 'post',
    body: move.MoveTenant,
    status: 202,
    summary: 'Move the tenant’s rows to another database while it calls',
    audit: 'tenant.move_started',
    refuses: ['not_found', 'conflict'],
  },
  abandonMove: {
    ...moves,
    method: 'delete',
    status: 202,
    summary: 'Leave the tenant where it is, and take away what was copied',
    audit: 'tenant.move_abandoned',
    refuses: ['not_found', 'conflict'],
  },
});
