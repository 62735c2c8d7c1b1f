import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiProblem, isPassing } from './problem.ts';

const ASK_AGAIN_MS = 4_000;
const FRESH_MS = 5_000;

/**
 * What fails for a while is asked again until it answers, so that a page recovers by itself; what
 * was refused is not. `onSignedOut` is called when the session has ended.
 */
export function makeQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiProblem && error.status === 401) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < 1 && isPassing(error),
        retryDelay: 500,
        refetchInterval: ({ state }) => (isPassing(state.error) ? ASK_AGAIN_MS : false),
        // A browser believes itself offline on some networks that reach the API well.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
