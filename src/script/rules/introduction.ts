import type { NodeAst, Template } from '../ast.ts';
import { entryOf, firstNodes } from '../script-facts.ts';
import type { Rule } from './rule.ts';

const WHO =
  /\b(?:this is|calling from|calling for|calling on behalf|on behalf of|my name is|it'?s|here from|from the|welcome to|you(?:'ve| have) reached)\b/i;
const WHO_PATHS = /^(?:tenant|company|business|brand|agent|caller)/i;

/** DS250; for scripts that call people. */
export const introduction: Rule = (script, { report, direction }) => {
  const entry = firstNodes(script).get(entryOf(script) ?? '');
  if (direction !== 'outbound' || entry === undefined) return;
  if (speaksSome(script.nodes, () => true) && !speaksSome(script.nodes, saysWho)) {
    report(
      'DS250',
      entry.name.span,
      'The script never says who is calling: begin with "this is ...".',
    );
  }
  const isStopOn = script.header.globals?.stop ?? true;
  if (!isStopOn && !script.nodes.some(takesStop)) {
    const message =
      'The script offers no way to opt out: keep `stop` in `@globals` or add a `@stop` branch.';
    report('DS250', entry.name.span, message);
  }
};

function speaksSome(nodes: readonly NodeAst[], isIt: (template: Template) => boolean): boolean {
  return nodes.some(({ statements }) =>
    statements.some((one) => one.type === 'speech' && isIt(one.template)),
  );
}

const takesStop = ({ branches }: NodeAst) =>
  branches.some(({ triggers }) =>
    triggers.some((trigger) => trigger.type === 'class' && trigger.name === 'stop'),
  );

const saysWho = (template: Template) =>
  template.some((part) => (part.type === 'text' ? WHO.test(part.text) : WHO_PATHS.test(part.path)));
