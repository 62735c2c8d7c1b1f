import { AREA_CODES_BY_ZONES, CALLING_CODES_BY_ZONES } from './zone-table.ts';

/**
 * Where a number of North America may be when its area code is unknown or has no place (800, 900):
 * the ends of the continent, which makes the window of all of it the strictest.
 */
const ANYWHERE_IN_NORTH_AMERICA: readonly string[] = [
  ...['America/St_Johns', 'America/New_York', 'America/Chicago', 'America/Denver'],
  ...['America/Phoenix', 'America/Los_Angeles', 'America/Anchorage', 'Pacific/Honolulu'],
];

const AREA_CODES = byCode(AREA_CODES_BY_ZONES);
const CALLING_CODES = byCode(CALLING_CODES_BY_ZONES);
const LONGEST_CALLING_CODE = 3;

/**
 * The IANA zones the called person may be in: the contact's own, else those of the number's area or
 * country. A call may start only when the window is open in every one of them.
 */
export function zonesOf(
  person: { readonly e164: string; readonly timeZone: string | null },
  campaignTimeZone: string,
): readonly string[] {
  if (person.timeZone !== null) return [person.timeZone];
  return zonesOfNumber(person.e164) ?? [campaignTimeZone];
}

/** Null when the number's country is not in the table. */
export function zonesOfNumber(e164: string): readonly string[] | null {
  const digits = e164.slice(1);
  if (digits.startsWith('1')) {
    return AREA_CODES.get(digits.slice(1, 4)) ?? ANYWHERE_IN_NORTH_AMERICA;
  }
  for (let length = 1; length <= LONGEST_CALLING_CODE; length++) {
    const zones = CALLING_CODES.get(digits.slice(0, length));
    if (zones !== undefined) return zones;
  }
  return null;
}

function byCode(table: Readonly<Record<string, string>>): Map<string, readonly string[]> {
  return new Map(
    Object.entries(table).flatMap(([zones, codes]) =>
      codes.split(' ').map((code) => [code, zones.split(' ')] as const),
    ),
  );
}
