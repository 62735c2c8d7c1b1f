const EXAMPLES: readonly (readonly [RegExp, string])[] = [
  [/first.?name|name$/i, 'Maria'],
  [/window/i, 'between two and four'],
  [/day|date/i, '2026-12-01'],
  [/time|hour/i, '14:30'],
  [/amount|balance|price/i, '120'],
];

/** What a value of this name may look like, to try a script with. */
export function exampleOf(name: string): string {
  return EXAMPLES.find(([pattern]) => pattern.test(name))?.[1] ?? name;
}
