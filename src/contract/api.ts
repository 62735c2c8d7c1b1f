import type { RouteSpec } from './route.ts';
import { AGENT_ROUTES } from './routes/agent.ts';
import { FIGURE_ROUTES } from './routes/figures.ts';
import { IDENTITY_ROUTES } from './routes/identity.ts';
import { IMPORT_ROUTES } from './routes/import.ts';
import { MESSAGE_ROUTES } from './routes/message.ts';
import { MOVE_ROUTES } from './routes/move.ts';
import { NUMBER_ROUTES } from './routes/number.ts';
import { OPERATION_ROUTES } from './routes/operations.ts';
import { PEOPLE_ROUTES } from './routes/people.ts';
import { PLATFORM_ROUTES } from './routes/platform.ts';
import { SCRIPT_ROUTES } from './routes/script.ts';
import { TENANT_ROUTES } from './routes/tenant.ts';
import { WEBHOOK_ROUTES } from './routes/webhook.ts';
import { WORK_ROUTES } from './routes/work.ts';

/** Every operation of the API, by its operation id. */
export const ROUTES = {
  ...PLATFORM_ROUTES,
  ...IDENTITY_ROUTES,
  ...PEOPLE_ROUTES,
  ...TENANT_ROUTES,
  ...NUMBER_ROUTES,
  ...SCRIPT_ROUTES,
  ...WORK_ROUTES,
  ...IMPORT_ROUTES,
  ...MESSAGE_ROUTES,
  ...AGENT_ROUTES,
  ...FIGURE_ROUTES,
  ...OPERATION_ROUTES,
  ...MOVE_ROUTES,
  ...WEBHOOK_ROUTES,
} as const;

export type Routes = typeof ROUTES;
export type RouteName = keyof Routes;

export function routeEntries(): readonly (readonly [RouteName, RouteSpec])[] {
  return Object.entries(ROUTES) as unknown as readonly (readonly [RouteName, RouteSpec])[];
}
