import type { Template, TextAst, VariableAst } from './ast.ts';
import type { Report } from './diagnostic.ts';
import { parseFormat } from './parse-format.ts';
import type { Span } from './source.ts';
import { PATH_ONLY } from './tokens.ts';

const OPEN = '{{';
const CLOSE = '}}';

/** speech text = { char | variable } */
export function parseTemplate(text: string, offset: number, report: Report): Template {
  const parts: (TextAst | VariableAst)[] = [];
  let at = 0;
  // Sought again only when passed: a line of nothing but `{{` must not be read once for each.
  let close = text.indexOf(CLOSE);
  const addText = (to: number) => {
    if (to > at) parts.push({ type: 'text', text: text.slice(at, to), span: spanOf(at, to) });
    at = to;
  };
  const spanOf = (start: number, end: number) => ({ start: offset + start, end: offset + end });
  for (let open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
    addText(open);
    if (close >= 0 && close < open) close = text.indexOf(CLOSE, open);
    const nextOpen = text.indexOf(OPEN, open + OPEN.length);
    if (close < 0 || (nextOpen >= 0 && nextOpen < close)) {
      report('DS131', spanOf(open, open + OPEN.length), '`{{` is not closed: write `}}` after it.');
      addText(open + OPEN.length);
      continue;
    }
    const end = close + CLOSE.length;
    const variable = parseVariable(text.slice(open, end), spanOf(open, end), report);
    if (variable === null) {
      addText(end);
    } else {
      parts.push(variable);
      at = end;
    }
  }
  addText(text.length);
  return parts;
}

/** variable = "{{" , path , [ ":" , format , [ arg ] ] , [ "|" , default ] , "}}" */
function parseVariable(raw: string, span: Span, report: Report): VariableAst | null {
  const [, head = '', spare] = /^\{\{([^|]*)(?:\|(.*))?\}\}$/s.exec(raw) ?? [];
  const [, path = '', format] = /^([^:]*)(?::(.*))?$/s.exec(head) ?? [];
  if (!PATH_ONLY.test(path.trim())) {
    const message = `\`${raw}\` is not a variable: write a name of letters, digits and \`_\`, such as \`{{firstName}}\`.`;
    report('DS130', span, message);
    return null;
  }
  const how = format === undefined ? null : parseFormat(format.trim(), span, report);
  const variable = {
    type: 'variable',
    path: path.trim(),
    ...(how === null ? {} : { format: how }),
    span,
  } as const;
  return spare === undefined ? variable : { ...variable, default: unquote(spare.trim()) };
}

/** `{{name | "there"}}` is often written with quotes, which nobody wants spoken. */
function unquote(text: string): string {
  return /^["\u201c\u201d].*["\u201c\u201d]$/.test(text) && text.length > 1
    ? text.slice(1, -1)
    : text;
}
