import type { Diagnostic } from './diagnostic.ts';
import { splitLines } from './source.ts';

/** Each diagnostic with its line and a caret under the column, for a terminal. */
export function renderDiagnostics(
  source: string,
  diagnostics: readonly Diagnostic[],
  fileName = 'script',
): string {
  const lines = splitLines(source);
  return diagnostics
    .map((diagnostic) => {
      const { line, column, severity, code, message } = diagnostic;
      const head = `${fileName}:${line}:${column}: ${severity} ${code}: ${message}`;
      return `${head}\n${renderLine(lines[line - 1]?.text ?? '', diagnostic)}`;
    })
    .join('\n\n');
}

/** Tabs are kept above the caret's padding, so that both lines are indented alike. */
function renderLine(text: string, { line, column, length }: Diagnostic): string {
  const gutter = String(line);
  const padding = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)));
  return `  ${gutter} | ${text}\n  ${' '.repeat(gutter.length)} | ${padding}${carets}`;
}
