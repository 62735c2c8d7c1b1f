/** Contacts that nobody has to call any more, and all of them. */
export function reachedOf(contacts: Readonly<Record<string, number>>) {
  const { done = 0, exhausted = 0, skipped = 0 } = contacts;
  const all = Object.values(contacts).reduce((sum, n) => sum + n, 0);
  return { done: done + exhausted + skipped, all };
}
