import { END, REPEAT } from '../../flow/names.ts';
import { firstNodes } from '../script-facts.ts';
import type { Name } from '../source.ts';
import { nearest } from '../suggest.ts';
import type { Rule } from './rule.ts';

/** Guessing compares with every node; a script with more wrong names needs no more guesses. */
const MAX_GUESSES = 100;

const BRANCH_TARGETS = [END, REPEAT];

/** DS202 */
export const knownTarget: Rule = (script, { report }) => {
  const names = firstNodes(script);
  const guesses = new Map<string, string | null>();
  const check = ({ text, span }: Name, reserved: readonly string[]) => {
    if (names.has(text) || reserved.includes(text)) return;
    if (!guesses.has(text) && guesses.size < MAX_GUESSES) {
      guesses.set(text, nearest(text, [...names.keys(), ...reserved]));
    }
    report('DS202', span, `No node is called \`${text}\`.`, guesses.get(text));
  };
  const { fallback, globals, machine } = script.header;
  if (fallback !== undefined) check(fallback, [END]);
  if (machine !== undefined) check(machine, [END]);
  if (globals?.agent) check(globals.agent, [END]);
  return ({ node }) => {
    for (const { target } of node.branches) check(target, BRANCH_TARGETS);
  };
};
