import type { Plugin } from 'vite';
import { routeEntries } from '../../src/contract/api.ts';
import type { RouteFacts } from '../src/api/route-facts.ts';

const NAME = 'virtual:api-routes';

/**
 * What the page must know of each route at run time, without the zod shapes: they would be a fifth
 * of the script that Overview waits for, and the API checks every request anyway.
 */
export function routeTable(): Plugin {
  return {
    name: 'api-route-table',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : null),
    load: (id) => (id === `\0${NAME}` ? `export const ROUTES = ${JSON.stringify(facts())};` : null),
  };
}

function facts(): Readonly<Record<string, RouteFacts>> {
  return Object.fromEntries(
    routeEntries().map(([name, { method, path, rule, idempotent, upload }]) => [
      name,
      {
        method,
        path,
        rule:
          rule.who === 'tenant'
            ? { who: rule.who, role: rule.role, feature: rule.feature }
            : { who: rule.who },
        ...(idempotent === undefined ? {} : { isCreating: true }),
        ...(upload === undefined ? {} : { upload: upload.type }),
      },
    ]),
  );
}
