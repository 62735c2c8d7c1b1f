import { nodeOf } from './names.ts';
import type { Flow } from './types.ts';

/**
 * The most nodes that a call meets on its way, as names in order; a loop counts as one visit to
 * each node that is met first. Exact without loops; with loops it is a path of the search tree that
 * never comes back, so a call may still be longer.
 */
export function longestPath(flow: Flow): readonly string[] {
  const next = new Map<string, string | null>();
  const length = new Map<string, number>();
  const onPath = new Set<string>();
  const stack: { readonly name: string; readonly ways: string[] }[] = [];
  const enter = (name: string) => {
    const node = nodeOf(flow, name);
    if (node === null || length.has(name) || onPath.has(name)) return;
    onPath.add(name);
    stack.push({ name, ways: node.branches.map(({ target }) => target) });
  };
  enter(flow.entry);
  // A stack of its own: a chain of nodes may be longer than JavaScript's.
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const way = top.ways.pop();
    if (way !== undefined) {
      enter(way);
      continue;
    }
    stack.pop();
    onPath.delete(top.name);
    const targets = nodeOf(flow, top.name)?.branches.map(({ target }) => target) ?? [];
    const best = targets
      .filter((target) => length.has(target) && !onPath.has(target))
      .reduce<string | null>(
        (longest, target) =>
          longest === null || (length.get(target) ?? 0) > (length.get(longest) ?? 0)
            ? target
            : longest,
        null,
      );
    next.set(top.name, best);
    length.set(top.name, 1 + (best === null ? 0 : (length.get(best) ?? 0)));
  }
  const path: string[] = [];
  for (let name: string | null = flow.entry; name !== null; name = next.get(name) ?? null) {
    path.push(name);
  }
  return path;
}
