import type { ReactNode } from 'react';
import { More } from './more.tsx';
import { Answered } from './states.tsx';
import { Table, type TableProps } from './table.tsx';

type Pages<P> = {
  readonly data: { readonly pages: readonly P[] } | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
};

/** A list of the API as a table, page after page; `empty` stands there while nothing is in it. */
export function PagedTable<P, T>({
  of,
  rowsOf,
  empty,
  ...table
}: Omit<TableProps<T>, 'rows'> & {
  readonly of: Pages<P>;
  readonly rowsOf: (page: P) => readonly T[];
  readonly empty: ReactNode;
}) {
  return (
    <>
      <Answered of={of}>
        {({ pages }) => {
          const rows = pages.flatMap(rowsOf);
          return rows.length === 0 ? empty : <Table {...table} rows={rows} />;
        }}
      </Answered>
      <More
        hasMore={of.hasNextPage}
        isBusy={of.isFetchingNextPage}
        onMore={() => void of.fetchNextPage()}
      />
    </>
  );
}
