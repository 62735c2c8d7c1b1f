/**
 * The values as JSON arrays of at most so many characters each, in their order. A value that is
 * longer stands alone.
 */
export function jsonArrays(values: readonly unknown[], mostChars: number): string[] {
  const arrays: string[][] = [];
  let chars = mostChars;
  for (const value of values) {
    const json = JSON.stringify(value);
    chars += json.length + 1;
    if (chars > mostChars) {
      arrays.push([]);
      chars = json.length + 2;
    }
    arrays.at(-1)?.push(json);
  }
  return arrays.map((own) => `[${own.join(',')}]`);
}
