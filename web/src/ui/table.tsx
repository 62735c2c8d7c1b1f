import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, type Ref, type RefObject, useEffect, useRef, useState } from 'react';
import { cx } from '../lib/cx.ts';

export type Column<T> = {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  readonly isNumber?: boolean;
  /** Left out where there is little room. */
  readonly isExtra?: boolean;
  readonly className?: string;
};

export type TableProps<T> = {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly linkOf?: (row: T) => LinkProps;
};

/** Rows that are not drawn, by their height, and where the body begins. */
export type Window = {
  readonly before: number;
  readonly after: number;
  readonly first: number;
  readonly total: number;
  readonly body: Ref<HTMLTableSectionElement>;
};

/** Rows of something. The first column names the row and, when it opens a page, is its link. */
export function Table<T>({
  label,
  columns,
  rows,
  keyOf,
  linkOf,
  window,
}: TableProps<T> & { readonly window?: Window }) {
  const frame = useRef<HTMLDivElement>(null);
  const isCut = useOverflow(frame);
  return (
    <div
      ref={frame}
      className="overflow-x-auto"
      // What scrolls must be reachable by keyboard, and what does not is no stop on the way.
      {...(isCut ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      <table
        className="w-full text-left"
        {...(window === undefined ? {} : { 'aria-rowcount': window.total + 1 })}
      >
        <caption className="sr-only">{label}</caption>
        <thead className="border-b border-line text-quiet">
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={cx('h-10 font-medium', look(column))}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...(window === undefined ? {} : { ref: window.body })}>
          <Spacer height={window?.before ?? 0} />
          {rows.map((row, i) => (
            <tr
              key={keyOf(row)}
              {...(window === undefined ? {} : { 'aria-rowindex': window.first + i + 2 })}
              className={cx(
                'relative h-12 border-b border-line last:border-b-0',
                linkOf !== undefined && 'hover:bg-hover',
              )}
            >
              {columns.map((column, place) => (
                <td key={column.title} className={cx('py-2', look(column))}>
                  {place === 0 && linkOf !== undefined ? (
                    // The whole row is the link's; what else can be pressed in it lies above.
                    <Link
                      {...linkOf(row)}
                      className="font-medium after:absolute after:inset-0 hover:underline"
                    >
                      {column.cell(row)}
                    </Link>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
          <Spacer height={window?.after ?? 0} />
        </tbody>
      </table>
    </div>
  );
}

/** Whether something is wider than its place. */
function useOverflow(place: RefObject<HTMLElement | null>): boolean {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const observer = new ResizeObserver(() => setCut(current.scrollWidth > current.clientWidth));
    observer.observe(current);
    if (current.firstElementChild !== null) observer.observe(current.firstElementChild);
    return () => observer.disconnect();
  }, [place]);
  return isCut;
}

function Spacer({ height }: { readonly height: number }) {
  return height === 0 ? null : <tr aria-hidden style={{ height }} />;
}

function look<T>({ isNumber, isExtra, className }: Column<T>): string {
  return cx(
    'px-4 whitespace-nowrap',
    isNumber === true && 'tnum text-right',
    isExtra === true && 'hidden md:table-cell',
    className,
  );
}
