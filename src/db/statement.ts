/** One SQL statement and its parameters; nothing is ever spliced into the text. */
export type Statement = { readonly sql: string; readonly params: readonly unknown[] };

export function bind(d1: D1Database, statement: Statement): D1PreparedStatement {
  return d1.prepare(statement.sql).bind(...statement.params);
}
