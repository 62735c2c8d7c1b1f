import { REPEAT } from '../../flow/names.ts';
import type { BranchAst, NodeAst } from '../ast.ts';
import { firstNodes } from '../script-facts.ts';
import { waitsForCaller } from './facts.ts';
import type { Rule } from './rule.ts';

/** DS225; reported at the branch that closes the loop. */
export const silentLoop: Rule = (script, { report }) => {
  const nodes = firstNodes(script);
  const done = new Set<string>();
  for (const node of nodes.values()) {
    for (const { loop, branch } of closingBranches(node, nodes, done)) {
      const path = [...loop, loop[0]].join(' -> ');
      report('DS225', branch.target.span, `This loop never waits for the caller: ${path}.`);
    }
  }
};

type Closing = { readonly loop: readonly string[]; readonly branch: BranchAst };

/** Depth first with a stack of its own: a chain of nodes may be longer than JavaScript's stack. */
function closingBranches(
  from: NodeAst,
  nodes: ReadonlyMap<string, NodeAst>,
  done: Set<string>,
): readonly Closing[] {
  const found: Closing[] = [];
  const path: { readonly name: string; readonly ways: BranchAst[] }[] = [];
  const onPath = new Map<string, number>();
  const enter = (node: NodeAst | undefined) => {
    if (node === undefined || done.has(node.name.text) || waitsForCaller(node)) return;
    onPath.set(node.name.text, path.length);
    path.push({ name: node.name.text, ways: [...node.branches] });
  };
  enter(from);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const branch = top.ways.shift();
    if (branch === undefined) {
      path.pop();
      onPath.delete(top.name);
      done.add(top.name);
      continue;
    }
    const target = branch.target.text === REPEAT ? top.name : branch.target.text;
    const at = onPath.get(target);
    if (at === undefined) enter(nodes.get(target));
    else found.push({ loop: path.slice(at).map(({ name }) => name), branch });
  }
  return found;
}
