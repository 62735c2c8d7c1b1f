import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Table, type TableProps } from './table.tsx';

/** `h-12` and its border, as every row of a table has them. */
const ROW_PX = 48;
const MORE_ROWS_AHEAD = 30;

/** A table that draws the rows in sight only: a million calls scroll like ten. */
export function VirtualTable<T>({
  hasMore,
  onEnd,
  ...table
}: TableProps<T> & { readonly hasMore: boolean; readonly onEnd: () => void }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    const top = body.current?.getBoundingClientRect().top ?? 0;
    setOffset(top + globalThis.scrollY);
  }, []);
  const { rows } = table;
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: offset,
  });
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  useEffect(() => {
    if (hasMore && end >= rows.length - MORE_ROWS_AHEAD) onEnd();
  }, [hasMore, end, rows.length, onEnd]);
  return (
    <Table
      {...table}
      rows={rows.slice(first, end)}
      window={{
        body,
        first,
        total: rows.length,
        before: first * ROW_PX,
        after: (rows.length - end) * ROW_PX,
      }}
    />
  );
}
