import { EVENT_NAMES } from '../../flow/names.ts';
import { kindOf } from '../line-kind.ts';
import { type Line, splitLines } from '../source.ts';
import { tokenize } from '../tokens.ts';

export type HighlightKind =
  | 'comment'
  | 'node'
  | 'arrow'
  | 'key'
  | 'string'
  | 'class'
  | 'event'
  | 'name'
  | 'outcome'
  | 'keyword'
  | 'number'
  | 'operator'
  | 'directive'
  | 'variable'
  | 'escape'
  | 'speech';
export type Highlight = {
  readonly from: number;
  readonly to: number;
  readonly kind: HighlightKind;
};

const KEYWORDS: ReadonlySet<string> = new Set(
  'if and or not contains true false END REPEAT timeout max sensitive digits date time number yesno text GET POST on off none voice sms except'.split(
    ' ',
  ),
);
const EVENTS: ReadonlySet<string> = new Set(EVENT_NAMES);

/** What to colour, in order and without overlap; what is not listed is white space. */
export function highlight(source: string): readonly Highlight[] {
  let isInTest = false;
  return splitLines(source).flatMap((line) => {
    const text = line.text.trim();
    const isIndented = /^\s/.test(line.text);
    if (text !== '') isInTest = isInTest && isIndented;
    const parts = highlightLine(line, text, isInTest);
    if (/^@test(?!\S)/.test(text)) isInTest = true;
    return parts;
  });
}

function highlightLine(line: Line, text: string, isInTest: boolean): readonly Highlight[] {
  const from = line.start + line.text.length - line.text.trimStart().length;
  const to = from + text.length;
  const kind = kindOf(text);
  switch (kind) {
    case 'blank':
      return [];
    case 'comment':
    case 'node':
      return [{ from, to, kind }];
    case 'branch':
      return [{ from, to: from + 2, kind: 'arrow' }, ...inline(text.slice(2), from + 2)];
    case 'directive': {
      const name = /^@\S*/.exec(text)?.[0].length ?? 1;
      return [
        { from, to: from + name, kind: 'directive' },
        ...inline(text.slice(name), from + name),
      ];
    }
    case 'speech':
      return isInTest ? inline(text, from) : speech(text, from);
  }
}

function inline(text: string, offset: number): readonly Highlight[] {
  return tokenize(text, offset).flatMap((token): readonly Highlight[] => {
    const { start: from, end: to } = token.span;
    if (token.kind === 'end') return [];
    if (token.kind === 'string')
      return split(text.slice(from - offset, to - offset), from, 'string');
    return [{ from, to, kind: kindOfToken(token.kind, token.text) }];
  });
}

function kindOfToken(kind: string, text: string): HighlightKind {
  if (kind === 'class' || kind === 'outcome') return kind;
  if (kind === 'number') return 'key';
  if (kind === 'duration') return 'number';
  if (kind === 'symbol') return text === '*' || text === '#' ? 'key' : 'operator';
  if (EVENTS.has(text)) return 'event';
  return KEYWORDS.has(text) ? 'keyword' : 'name';
}

function speech(text: string, from: number): readonly Highlight[] {
  const isEscaped = /^\\(?=[[@\\]|->|\/\/)/.test(text);
  if (!isEscaped) return split(text, from, 'speech');
  return [{ from, to: from + 1, kind: 'escape' }, ...split(text.slice(1), from + 1, 'speech')];
}

/** Text with its variables apart. */
function split(text: string, offset: number, kind: HighlightKind): readonly Highlight[] {
  let at = offset;
  return text.split(/(\{\{[^{}]*\}\})/).flatMap((part): readonly Highlight[] => {
    const from = at;
    at += part.length;
    if (part === '') return [];
    return [
      { from, to: at, kind: part.startsWith('{{') && part.endsWith('}}') ? 'variable' : kind },
    ];
  });
}
