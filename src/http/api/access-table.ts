import { routeEntries } from '../../contract/api.ts';
import { describeRule } from './describe-rule.ts';

/** Who may do what, as rows of a Markdown table; docs/api.md is compared with it. */
export function accessTable(): string[] {
  return routeEntries().map(
    ([, spec]) =>
      `| \`${spec.method.toUpperCase()} ${spec.path}\` | ${spec.summary} | ${describeRule(spec)} |`,
  );
}
