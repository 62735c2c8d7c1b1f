import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cx } from '../lib/cx.ts';

export type Column<T> = {
  readonly title: string;
  readonly cell: (row: T) => ReactNode;
  readonly isNumber?: boolean;
  /** Left out where there is little room. */
  readonly isExtra?: boolean;
  readonly className?: string;
};

/** Rows of something. The first column names the row and, when it opens a page, is its link. */
export function Table<T>({
  label,
  columns,
  rows,
  keyOf,
  linkOf,
}: {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly linkOf?: (row: T) => LinkProps;
}) {
  return (
    <section className="overflow-x-auto" aria-label={label} tabIndex={-1}>
      <table className="w-full text-left">
        <caption className="sr-only">{label}</caption>
        <thead className="border-b border-line text-quiet">
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={cx('h-10 font-medium', edge(column))}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              className={cx(
                'relative border-b border-line last:border-b-0',
                linkOf !== undefined && 'hover:bg-hover',
              )}
            >
              {columns.map((column, i) => (
                <td key={column.title} className={cx('h-12 py-2', edge(column))}>
                  {i === 0 && linkOf !== undefined ? (
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
        </tbody>
      </table>
    </section>
  );
}

function edge<T>({ isNumber, isExtra, className }: Column<T>): string {
  return cx(
    'px-4 whitespace-nowrap',
    isNumber === true && 'tnum text-right',
    isExtra === true && 'hidden md:table-cell',
    className,
  );
}
