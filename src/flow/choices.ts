import { END, hasClass, REPEAT } from './names.ts';
import type { Branch, ClassName, FlowSettings, Trigger } from './types.ts';

/** What a match leads to: a branch of the node, or a command that works in every node. */
export type Choice = Branch & { readonly isGlobal: boolean };

/** A node's own branch for a class stands in for the command of the same name. */
export function choicesIn(
  branches: readonly Branch[],
  globals: FlowSettings['globals'],
): readonly Choice[] {
  const command = (name: ClassName, target: string | null): readonly Choice[] => {
    const trigger: Trigger = { type: 'class', name };
    const isOwn = branches.some((branch) => hasClass(branch, name));
    return target === null || isOwn ? [] : [{ triggers: [trigger], target, isGlobal: true }];
  };
  // Of equal matches the first counts, and a bare "stop" is asked about before it cancels anything.
  return [
    ...command('stop', globals.stop ? END : null),
    ...branches.map((branch) => ({ ...branch, isGlobal: false })),
    ...command('repeat', globals.repeat ? REPEAT : null),
    ...command('agent', globals.agent),
  ];
}
