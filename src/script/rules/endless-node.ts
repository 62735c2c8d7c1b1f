import { END } from '../../flow/names.ts';
import { firstNodes } from '../script-facts.ts';
import type { Rule } from './rule.ts';

/** DS223; a goodbye after too many tries is not an end that the author has written. */
export const endlessNode: Rule = (script, { report }) => {
  const nodes = firstNodes(script);
  // Only from nodes that do not end by themselves.
  const before = new Map<string, string[]>();
  const ends: string[] = [];
  for (const { name, branches, hasFaults } of nodes.values()) {
    // A name that does not exist is reported as such; it may well end.
    const isOpen = branches.some(
      ({ target }) => target.text !== 'REPEAT' && !nodes.has(target.text),
    );
    if (branches.length === 0 || hasFaults || isOpen) {
      ends.push(name.text);
      continue;
    }
    for (const { target } of branches) {
      if (target.text === END) continue;
      const known = before.get(target.text);
      if (known === undefined) before.set(target.text, [name.text]);
      else known.push(name.text);
    }
  }
  if (ends.length === nodes.size) return;
  const ending = new Set(ends);
  for (const name of ending) for (const earlier of before.get(name) ?? []) ending.add(earlier);
  for (const { name } of nodes.values()) {
    if (!ending.has(name.text))
      report('DS223', name.span, `No path from \`${name.text}\` ever ends.`);
  }
};
