import { collectFaults } from '../diagnostic.ts';
import { parseScript } from '../parse.ts';
import { firstNodes } from '../script-facts.ts';
import { splitLines } from '../source.ts';
import { CLASS_HELP, DIRECTIVE_HELP, EVENT_HELP, FORMAT_HELP } from './help.ts';
import { highlight } from './highlight.ts';

export type Hover = { readonly from: number; readonly to: number; readonly text: string };

/** What the word at a place means; null where there is nothing to say. */
export function hoverAt(source: string, offset: number): Hover | null {
  const part = highlight(source).find(({ from, to }) => from <= offset && offset < to);
  if (part === undefined) return null;
  const { from, to, kind } = part;
  const word = source.slice(from, to);
  const text = textFor(kind, word, source);
  return text === null ? null : { from, to, text };
}

function textFor(kind: string, word: string, source: string): string | null {
  switch (kind) {
    case 'directive':
      return lookUp(DIRECTIVE_HELP, word.slice(1));
    case 'class':
      return lookUp(CLASS_HELP, word.slice(1)) ?? keywordText(word.slice(1), source);
    case 'event':
      return lookUp(EVENT_HELP, word);
    case 'outcome':
      return `Records the outcome \`${word.slice(1)}\``;
    case 'name':
      return nodeText(word, source);
    case 'variable':
      return variableText(word);
    case 'keyword':
      return word === 'END'
        ? 'Ends the conversation'
        : word === 'REPEAT'
          ? 'Says the prompt again'
          : null;
    default:
      return null;
  }
}

const lookUp = (help: Readonly<Record<string, string>>, name: string) =>
  Object.hasOwn(help, name) ? (help[name] ?? null) : null;

function nodeText(name: string, source: string): string | null {
  const { statements, line } = firstNodes(scriptOf(source)).get(name) ?? {};
  if (statements === undefined) return null;
  const speech = statements.find((statement) => statement.type === 'speech');
  const words = speech === undefined ? '' : `: ${source.slice(speech.span.start, speech.span.end)}`;
  return `The node on line ${line}${words}`;
}

function keywordText(name: string, source: string): string | null {
  const keyword = scriptOf(source).header.keywords.get(name);
  return keyword === undefined ? null : keyword.phrases.map(({ text }) => `"${text}"`).join(', ');
}

function variableText(word: string): string {
  const [, path = '', format = '', spare] =
    /^\{\{\s*([^:|}]*?)\s*(?::\s*(\w+)[^|]*)?(?:\|\s*(.*?)\s*)?\}\}$/.exec(word) ?? [];
  const how = lookUp(FORMAT_HELP, format);
  const spoken = how === null ? '' : `, spoken as: ${how}`;
  return `The variable \`${path}\`${spoken}${spare === undefined ? '' : `, or "${spare}" when it is empty`}`;
}

const scriptOf = (source: string) => parseScript(splitLines(source), collectFaults().report);
