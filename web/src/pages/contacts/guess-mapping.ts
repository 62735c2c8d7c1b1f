/** What columns of a file probably are, by their names; a person corrects the rest. */
export type Guess = {
  readonly number: string;
  readonly externalId: string;
  readonly timeZone: string;
  /** Column -> field; '' leaves it out. */
  readonly fields: Readonly<Record<string, string>>;
};

const NUMBER = /phone|mobile|cell|number|tel/i;
const EXTERNAL_ID = /^(id|external.?id|customer.?id|patient.?id|account|reference|ref)$/i;
const TIME_ZONE = /^time.?zone$|^tz$/i;

export function guessMapping(columns: readonly string[]): Guess {
  const number = columns.find((column) => NUMBER.test(column)) ?? columns[0] ?? '';
  const externalId = columns.find((column) => column !== number && EXTERNAL_ID.test(column)) ?? '';
  const timeZone = columns.find((column) => TIME_ZONE.test(column)) ?? '';
  const taken = new Set([number, externalId, timeZone]);
  return {
    number,
    externalId,
    timeZone,
    fields: Object.fromEntries(
      columns.filter((column) => !taken.has(column)).map((column) => [column, fieldName(column)]),
    ),
  };
}

/** What a person chose the last time; of columns that were left out nothing is guessed again. */
export function chosenMapping(
  columns: readonly string[],
  mapping: {
    readonly number: string;
    readonly externalId?: string | undefined;
    readonly timeZone?: string | undefined;
    readonly fields: Readonly<Record<string, string>>;
  },
): Guess {
  const fieldOf = new Map(Object.entries(mapping.fields).map(([field, column]) => [column, field]));
  return {
    number: mapping.number,
    externalId: mapping.externalId ?? '',
    timeZone: mapping.timeZone ?? '',
    fields: Object.fromEntries(columns.map((column) => [column, fieldOf.get(column) ?? ''])),
  };
}

/** "First name" as scripts would write it: firstName. */
export function fieldName(column: string): string {
  const [first = '', ...rest] = column
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((part) => part !== '');
  const start = first.charAt(0).toLowerCase() + first.slice(1);
  const name = start + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return /^\d/.test(name) ? `field${name}` : name;
}
