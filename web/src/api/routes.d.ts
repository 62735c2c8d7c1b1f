declare module 'virtual:api-routes' {
  import type { RouteName } from '../../../src/contract/api.ts';
  import type { RouteFacts } from './route-facts.ts';

  export const ROUTES: Readonly<Record<RouteName, RouteFacts>>;
}
