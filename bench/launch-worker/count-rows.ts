export type Rows = { read: number; written: number };

/** The database, and the rows that it says it has read and written: what Cloudflare bills. */
export function countRows(d1: D1Database): { readonly d1: D1Database; readonly rows: Rows } {
  const rows: Rows = { read: 0, written: 0 };
  const count = <T extends { readonly meta?: Record<string, unknown> }>(result: T): T => {
    rows.read += Number(result.meta?.rows_read ?? 0);
    rows.written += Number(result.meta?.rows_written ?? 0);
    return result;
  };
  const counted = (statement: D1PreparedStatement): D1PreparedStatement =>
    new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...params: unknown[]) => counted(target.bind(...params));
        if (name === 'all' || name === 'run') return async () => count(await target[name]());
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const proxy = new Proxy(d1, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => counted(target.prepare(sql));
      if (name === 'batch') {
        return async (statements: D1PreparedStatement[]) =>
          (await target.batch(statements)).map(count);
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { d1: proxy, rows };
}
