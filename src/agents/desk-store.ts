import {
  type Agent,
  DESK_SETTINGS,
  type DeskSettings,
  type DeskState,
  type Order,
  type Transfer,
} from './desk-state.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS agent (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS transfer (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS errand (n INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;`;

/** An order that leaves the desk, with what its receiver has to know; kept until it is done. */
export type Errand = Exclude<Order, { readonly type: 'frame' }> & { readonly transfer: Transfer };

/** A desk's rows, one a change. Its state is small, so it is held in memory besides. */
export class DeskStore {
  readonly #sql: SqlStorage;
  #state: DeskState | null = null;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Null for a desk that nobody ever used: whoever guesses a tenant leaves nothing behind. */
  opened(): DeskState | null {
    const tables = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'agent'").toArray();
    return tables.length === 0 ? null : this.state();
  }

  state(): DeskState {
    if (this.#state !== null) return this.#state;
    this.#sql.exec(SCHEMA);
    this.#state = {
      agents: this.#rows<Agent>('SELECT id, body FROM agent'),
      transfers: this.#rows<Transfer>('SELECT id, body FROM transfer'),
      settings: { ...DESK_SETTINGS, ...this.setting<Partial<DeskSettings>>('settings') },
    };
    return this.#state;
  }

  /** Synchronous on purpose: state and errands are one transaction. */
  commit(after: DeskState, errands: readonly Errand[]): void {
    const before = this.state();
    this.#write('agent', before.agents, after.agents);
    this.#write('transfer', before.transfers, after.transfers);
    if (after.settings !== before.settings) this.putSetting('settings', after.settings);
    for (const errand of errands) {
      this.#sql.exec('INSERT INTO errand (body) VALUES (?)', JSON.stringify(errand));
    }
    this.#state = after;
  }

  errands(): { readonly n: number; readonly errand: Errand }[] {
    return this.#sql
      .exec<{ n: number; body: string }>('SELECT n, body FROM errand ORDER BY n')
      .toArray()
      .map(({ n, body }) => ({ n, errand: JSON.parse(body) }));
  }

  done(n: number): void {
    this.#sql.exec('DELETE FROM errand WHERE n = ?', n);
  }

  setting<T>(name: string): T | null {
    const row = this.#sql
      .exec<{ body: string }>('SELECT body FROM setting WHERE name = ?', name)
      .toArray()[0];
    return row === undefined ? null : JSON.parse(row.body);
  }

  putSetting(name: string, value: unknown): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO setting (name, body) VALUES (?, ?)',
      name,
      JSON.stringify(value),
    );
  }

  #rows<T>(query: string): Readonly<Record<string, T>> {
    const rows = this.#sql.exec<{ id: string; body: string }>(query).toArray();
    return Object.fromEntries(rows.map(({ id, body }) => [id, JSON.parse(body) as T]));
  }

  #write<T>(
    table: 'agent' | 'transfer',
    before: Readonly<Record<string, T>>,
    after: Readonly<Record<string, T>>,
  ): void {
    for (const [id, value] of Object.entries(after)) {
      if (before[id] === value) continue;
      this.#sql.exec(
        `INSERT OR REPLACE INTO ${table} (id, body) VALUES (?, ?)`,
        id,
        JSON.stringify(value),
      );
    }
    for (const id of Object.keys(before)) {
      if (!(id in after)) this.#sql.exec(`DELETE FROM ${table} WHERE id = ?`, id);
    }
  }
}
