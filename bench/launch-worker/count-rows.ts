export type Rows = { read: number; written: number };

/** The database, and the rows that it says it has read and written: what Cloudflare bills. */
export function countRows(
  d1: D1Database,
  told: (read: number, written: number, sql: string) => void = () => {},
): { readonly d1: D1Database; readonly rows: Rows } {
  const rows: Rows = { read: 0, written: 0 };
  const count = <T extends { readonly meta?: Record<string, unknown> }>(
    result: T,
    sql: string,
  ): T => {
    const read = Number(result.meta?.rows_read ?? 0);
    const written = Number(result.meta?.rows_written ?? 0);
    rows.read += read;
    rows.written += written;
    told(read, written, sql);
    return result;
  };
  const texts = new WeakMap<D1PreparedStatement, string>();
  const counted = (statement: D1PreparedStatement, sql: string): D1PreparedStatement => {
    const proxied = new Proxy(statement, {
      get(target, name) {
        if (name === 'bind') return (...params: unknown[]) => counted(target.bind(...params), sql);
        if (name === 'all' || name === 'run') return async () => count(await target[name](), sql);
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    texts.set(proxied, sql);
    return proxied;
  };
  const proxy = new Proxy(d1, {
    get(target, name) {
      if (name === 'prepare') return (sql: string) => counted(target.prepare(sql), sql);
      if (name === 'batch') {
        return async (statements: D1PreparedStatement[]) =>
          (await target.batch(statements)).map((result, i) =>
            count(result, texts.get(statements[i] as D1PreparedStatement) ?? ''),
          );
      }
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { d1: proxy, rows };
}
