import { defaultPersonaName } from '../callee/personas.ts';
import type { CalleeList } from './config.ts';

const ROWS_PER_STATEMENT = 1000;

/** Who answers at which number. */
export class CalleeStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  put(callees: CalleeList['callees']): void {
    const rows = callees.map(({ number, persona }) => [
      number,
      typeof persona === 'string' ? persona : JSON.stringify(persona),
    ]);
    for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
      this.#sql.exec(
        `INSERT OR REPLACE INTO callee (number, persona)
         SELECT value ->> 0, value ->> 1 FROM json_each(?)`,
        JSON.stringify(rows.slice(at, at + ROWS_PER_STATEMENT)),
      );
    }
  }

  /** The declared persona (a name or JSON), or the one that seed and number give. */
  personaOf(number: string, seed: string): string {
    const [row] = this.#sql
      .exec<{ persona: string }>('SELECT persona FROM callee WHERE number = ?', number)
      .toArray();
    return row?.persona ?? defaultPersonaName(seed, number);
  }
}
