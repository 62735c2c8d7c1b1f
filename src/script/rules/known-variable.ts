import { isLivePath } from '../../flow/prompts.ts';
import { setPaths, writtenTemplatesOf } from '../script-facts.ts';
import { nearest } from '../suggest.ts';
import type { Rule } from './rule.ts';

/** DS132; a variable with a default does no harm when nothing provides it. */
export const knownVariable: Rule = (script, { report, knownVariables }) => {
  if (knownVariables === null) return;
  const set = setPaths(script);
  const known = new Set([...knownVariables, ...set]);
  for (const part of writtenTemplatesOf(script).flat()) {
    if (part.type !== 'variable' || part.default !== undefined) continue;
    const { path, span } = part;
    if (known.has(path) || script.header.defaults.has(path) || isLivePath(path, set)) continue;
    const message = `Nothing provides \`{{${path}}}\`: no contact field, campaign variable or \`@set\`.`;
    report('DS132', span, message, nearest(path, known));
  }
};
