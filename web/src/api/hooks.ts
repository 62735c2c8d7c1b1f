import {
  keepPreviousData,
  type UseQueryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import type { RouteName } from '../../../src/contract/api.ts';
import { api, apiFile, type Input, type Output } from './client.ts';
import { isPassing } from './problem.ts';
import { useTenantId } from './session.tsx';

type ReadOptions<T> = Pick<
  UseQueryOptions<T>,
  'enabled' | 'refetchInterval' | 'staleTime' | 'placeholderData'
>;

/** What an operation answers, in the tenant of the page. */
export function useApi<N extends RouteName>(
  name: N,
  input: Input<N>,
  options: ReadOptions<Output<N>> = {},
) {
  const tenant = useTenantId();
  return useQuery<Output<N>>({
    queryKey: [name, tenant, input],
    queryFn: ({ signal }) => api(name, input, { tenant, signal }),
    ...options,
  });
}

type Paged = { readonly nextCursor: string | null };
type PagedName = {
  [N in RouteName]: Output<N> extends Paged ? N : never;
}[RouteName];

/** Page after page of a list, as far as it was scrolled. */
export function useApiPages<N extends PagedName>(
  name: N,
  input: Input<N>,
  options: { readonly refetchInterval?: number | false; readonly enabled?: boolean } = {},
) {
  const tenant = useTenantId();
  return useInfiniteQuery({
    queryKey: [name, tenant, input, 'pages'],
    queryFn: ({ pageParam, signal }) => {
      const given = input as { readonly query?: Readonly<Record<string, unknown>> };
      const cursor = pageParam === null ? {} : { cursor: pageParam };
      const query = { ...given.query, ...cursor };
      return api(name, { ...given, query } as unknown as Input<N>, { tenant, signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last as Paged).nextCursor,
    placeholderData: keepPreviousData,
    ...options,
  });
}

/** Something that changes: afterwards every answer of `changes` is asked for again. */
export function useApiChange<N extends RouteName>(name: N, changes: readonly RouteName[] = []) {
  const tenant = useTenantId();
  const client = useQueryClient();
  const last = useRef<{ readonly wish: string; readonly key: string } | null>(null);
  return useMutation({
    mutationFn: (input: Input<N>) => {
      const wish = JSON.stringify(input);
      if (last.current?.wish !== wish) last.current = { wish, key: crypto.randomUUID() };
      return api(name, input, { tenant, idempotencyKey: last.current.key });
    },
    onSettled: async (_, error) => {
      // A try whose answer was lost is repeated under its own key; anything else is a new wish.
      if (!isPassing(error)) last.current = null;
      await Promise.all(changes.map((change) => client.invalidateQueries({ queryKey: [change] })));
    },
  });
}

/** Saves a file that an operation sends. */
export function useApiFile<N extends RouteName>(name: N, fileName: string) {
  const tenant = useTenantId();
  return useMutation({
    mutationFn: async (input: Input<N>) => {
      const url = URL.createObjectURL(await apiFile(name, input, { tenant }));
      const link = document.createElement('a');
      link.href = url;
      link.download = fileName;
      link.click();
      URL.revokeObjectURL(url);
    },
  });
}
