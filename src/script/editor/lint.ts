import { type CompileOptions, diagnose } from '../compile.ts';
import type { Diagnostic } from '../diagnostic.ts';

export type Lint = Pick<Diagnostic, 'code' | 'severity' | 'message'> & {
  readonly from: number;
  readonly to: number;
  /** What would mend it. */
  readonly fix: { readonly title: string; readonly insert: string } | null;
};

/** Every diagnostic with offsets and, where the word that was meant is known, its mending. */
export async function lintScript(
  source: string,
  options: CompileOptions = {},
): Promise<readonly Lint[]> {
  const { diagnostics, lines } = diagnose(source, options);
  return diagnostics.map(({ code, severity, message, line, column, length, suggestion }) => {
    const from = Math.min((lines[line - 1]?.start ?? 0) + column - 1, source.length);
    const to = Math.min(from + length, source.length);
    return { code, severity, message, from, to, fix: fixOf(source.slice(from, to), suggestion) };
  });
}

/** A variable is reported with its braces, and only its name is wrong. */
function fixOf(wrong: string, suggestion: string | undefined): Lint['fix'] {
  if (suggestion === undefined || wrong === '') return null;
  const isVariable = wrong.startsWith('{{') && !suggestion.startsWith('{{');
  if (isVariable && wrong.includes(':')) return null;
  const insert = isVariable ? wrong.replace(/^(\{\{\s*)[^|}\s]+/, `$1${suggestion}`) : suggestion;
  return { title: `Replace with \`${suggestion}\``, insert };
}
