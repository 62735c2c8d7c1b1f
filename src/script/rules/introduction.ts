import type { Template } from '../ast.ts';
import { entryOf, firstNodes, triggersOf } from '../script-facts.ts';
import type { Rule } from './rule.ts';

const WHO =
  /\b(?:this is|calling from|calling for|calling on behalf|on behalf of|my name is|it'?s|here from|from the|welcome to|you(?:'ve| have) reached)\b/i;
const WHO_PATHS = /^(?:tenant|company|business|brand|agent|caller)/i;

/** DS250; for scripts that call people. */
export const introduction: Rule = (script, { report, direction }) => {
  const entry = firstNodes(script).get(entryOf(script) ?? '');
  if (direction !== 'outbound' || entry === undefined) return;
  const spoken = script.nodes.flatMap(({ statements }) =>
    statements.flatMap((one) => (one.type === 'speech' ? [one.template] : [])),
  );
  if (spoken.length > 0 && !spoken.some(saysWho)) {
    report(
      'DS250',
      entry.name.span,
      'The script never says who is calling: begin with "this is ...".',
    );
  }
  const isStopOn = script.header.globals?.stop ?? true;
  const hasStop = script.nodes
    .flatMap(triggersOf)
    .some((trigger) => trigger.type === 'class' && trigger.name === 'stop');
  if (!isStopOn && !hasStop) {
    const message =
      'The script offers no way to opt out: keep `stop` in `@globals` or add a `@stop` branch.';
    report('DS250', entry.name.span, message);
  }
};

const saysWho = (template: Template) =>
  template.some((part) => (part.type === 'text' ? WHO.test(part.text) : WHO_PATHS.test(part.path)));
