import type { CsvFormat, ImportMapping } from '../db/schema/import.ts';
import { isTimeZone } from '../dialing/window.ts';
import type { CsvRow } from './csv.ts';
import { type NumberHint, parseNumber } from './parse-number.ts';

const VALUE_MOST_CHARACTERS = 2000;
const EXTERNAL_ID_MOST_CHARACTERS = 200;

export type ImportedRow = {
  readonly externalId: string;
  readonly number: string;
  readonly timeZone: string | null;
  readonly fields: Readonly<Record<string, string>>;
};
export type Rejection = {
  readonly line: number;
  readonly code: 'invalid_input' | 'invalid_number';
  readonly message: string;
};

/** Makes contacts of rows by one mapping; what cannot be one is told with its line. */
export function rowReader(format: CsvFormat, mapping: ImportMapping, hint: NumberHint) {
  const place = new Map(format.columns.map((name, i) => [name, i]));
  const fields = Object.entries(mapping.fields);
  return (row: CsvRow): ImportedRow | Rejection => {
    const cell = (column: string | undefined) =>
      column === undefined ? '' : (row.cells[place.get(column) ?? -1] ?? '').trim();
    const refused = (code: Rejection['code'], message: string): Rejection => ({
      ...{ line: row.line, code, message },
    });
    if (row.fault !== null) return refused('invalid_input', row.fault);
    const number = parseNumber(cell(mapping.number), hint);
    if (number === null) {
      const written = cell(mapping.number).slice(0, 40);
      return refused(
        'invalid_number',
        `"${written}" is no phone number; write it like +15551234567.`,
      );
    }
    const timeZone = cell(mapping.timeZone);
    if (timeZone !== '' && !isTimeZone(timeZone)) {
      const message = `"${timeZone.slice(0, 40)}" is not a time zone; write it like America/New_York.`;
      return refused('invalid_input', message);
    }
    const externalId = cell(mapping.externalId) || number;
    const values = fields.map(([name, column]) => [name, cell(column)] as const);
    if (externalId.length > EXTERNAL_ID_MOST_CHARACTERS) {
      return refused(
        'invalid_input',
        `The identifier has more than ${EXTERNAL_ID_MOST_CHARACTERS} characters.`,
      );
    }
    const long = values.find(([, value]) => value.length > VALUE_MOST_CHARACTERS);
    if (long !== undefined) {
      return refused(
        'invalid_input',
        `The field "${long[0]}" has more than ${VALUE_MOST_CHARACTERS} characters.`,
      );
    }
    return {
      ...{ externalId, number, timeZone: timeZone === '' ? null : timeZone },
      fields: Object.fromEntries(values.filter(([, value]) => value !== '')),
    };
  };
}

export function isRejection(row: ImportedRow | Rejection): row is Rejection {
  return 'code' in row;
}

/** One row a person: a later row wins, field by field. */
export function mergeRows(rows: readonly ImportedRow[]): ImportedRow[] {
  const merged = new Map<string, ImportedRow>();
  for (const row of rows) {
    const before = merged.get(row.externalId);
    merged.set(row.externalId, {
      ...row,
      timeZone: row.timeZone ?? before?.timeZone ?? null,
      fields: { ...before?.fields, ...row.fields },
    });
  }
  return [...merged.values()];
}
