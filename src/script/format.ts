import { formatBranch, formatDirective } from './format-line.ts';
import { kindOf, type LineKind } from './line-kind.ts';
import { splitLines } from './source.ts';

type Formatted = { readonly text: string; readonly kind: LineKind; readonly isTest: boolean };

/**
 * The script in its plain form: one blank line before a node or test, two blanks before the lines
 * of a test, one blank between words that stand for something. What is spoken is never touched,
 * comments stay where they are, and a line that cannot be read stays as it is.
 */
export function formatScript(source: string): string {
  const lines = formatLines(source);
  const text: string[] = [];
  lines.forEach((line, at) => {
    if (line.kind === 'blank') return;
    const isFirst = text.length === 0;
    const hadBlank = lines[at - 1]?.kind === 'blank';
    const before = lastOf(lines, at);
    const needsBlank = opensBlock(lines, at) && !(before?.kind === 'comment' && !hadBlank);
    if (!isFirst && (hadBlank || needsBlank)) text.push('');
    text.push(line.text);
  });
  return text.length === 0 ? '' : `${text.join('\n')}\n`;
}

function formatLines(source: string): readonly Formatted[] {
  let isInTest = false;
  return splitLines(source).map(({ text }) => {
    const bare = text.trim();
    const kind = kindOf(bare);
    const isIndented = /^\s/.test(text);
    if (isInTest && kind !== 'blank') isInTest = isIndented;
    if (isInTest) return { text: kind === 'blank' ? '' : `  ${bare}`, kind, isTest: true };
    if (kind === 'directive' && /^@test(?!\S)/.test(bare)) {
      isInTest = true;
      return { text: bare.replace(/^@test\s+/, '@test '), kind, isTest: false };
    }
    return { text: formatLine(kind, bare), kind, isTest: false };
  });
}

function formatLine(kind: LineKind, bare: string): string {
  switch (kind) {
    case 'node':
      return /^\[[^[\]]*\]$/.test(bare) ? `[${bare.slice(1, -1).trim()}]` : bare;
    case 'branch':
      return formatBranch(bare);
    case 'directive':
      return formatDirective(bare);
    default:
      return bare;
  }
}

/** A node, a test, or the comments right above one. */
function opensBlock(lines: readonly Formatted[], at: number): boolean {
  let next = at;
  while (lines[next]?.kind === 'comment' && !lines[next]?.isTest) next += 1;
  const line = lines[next];
  return line !== undefined && !line.isTest && (line.kind === 'node' || /^@test\b/.test(line.text));
}

function lastOf(lines: readonly Formatted[], at: number): Formatted | undefined {
  return lines.slice(0, at).findLast(({ kind }) => kind !== 'blank');
}
