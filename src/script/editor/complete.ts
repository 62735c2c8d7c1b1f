import { CLASS_NAMES, END, EVENT_NAMES, REPEAT } from '../../flow/names.ts';
import { collectFaults } from '../diagnostic.ts';
import { ACTION_NAMES, FORMAT_NAMES, HEADER_NAMES } from '../directives.ts';
import { parseScript } from '../parse.ts';
import { firstNodes, setPaths, writtenTemplatesOf } from '../script-facts.ts';
import { splitLines } from '../source.ts';
import { CLASS_HELP, DIRECTIVE_HELP, EVENT_HELP, FORMAT_HELP } from './help.ts';

export type Completion = {
  readonly label: string;
  readonly kind: 'directive' | 'node' | 'class' | 'event' | 'variable' | 'format' | 'keyword';
  readonly detail: string;
};
export type Completions = {
  /** What a choice replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Completion[];
};

/** What can stand at a place; null where anything can. */
export function completeAt(
  source: string,
  offset: number,
  knownVariables: readonly string[] = [],
): Completions | null {
  const line = splitLines(source).findLast(({ start }) => start <= offset);
  if (line === undefined) return null;
  const before = line.text.slice(0, offset - line.start);
  const found = optionsFor(before, source, line.start, knownVariables);
  if (found === null) return null;
  const [word] = found.word.exec(before) ?? [''];
  const rest = /^[\p{L}\p{N}_-]*/u.exec(line.text.slice(offset - line.start))?.[0] ?? '';
  const options = found.options.filter(({ label }) => label.startsWith(word));
  return { from: offset - word.length, to: offset + rest.length, options };
}

type Found = { readonly word: RegExp; readonly options: readonly Completion[] };

const PLAIN_WORD = /[\p{L}\p{N}_-]*$/u;
const CLASS_WORD = /@[\p{L}\p{N}_-]*$/u;
const PATH_WORD = /[\p{L}\p{N}_.-]*$/u;

function optionsFor(
  before: string,
  source: string,
  lineStart: number,
  knownVariables: readonly string[],
): Found | null {
  const variable = /\{\{([^{}]*)$/.exec(before)?.[1];
  if (variable !== undefined) return variableOptions(variable, source, knownVariables);
  const text = before.trimStart();
  if (text.startsWith('->')) return branchOptions(text.slice(2), source);
  if (/^@\S*$/.test(text)) {
    const isInNode = /^[ \t]*\[/m.test(source.slice(0, lineStart));
    const names = isInNode ? [...ACTION_NAMES, 'test'] : [...HEADER_NAMES, 'test'];
    return {
      word: CLASS_WORD,
      options: names.map((name) => named(`@${name}`, 'directive', DIRECTIVE_HELP[name])),
    };
  }
  if (/^@(?:fallback|machine)\s+\S*$/.test(text))
    return { word: PLAIN_WORD, options: targets(source, [END]) };
  return null;
}

function branchOptions(text: string, source: string): Found | null {
  if ((text.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) return null;
  if (/\sif\s[^:]*$/.test(text)) return { word: PATH_WORD, options: variables(source, []) };
  if (/:\s*[^\s]*$/.test(text))
    return { word: PLAIN_WORD, options: targets(source, [END, REPEAT]) };
  if (/@[\p{L}\p{N}_-]*$/u.test(text)) return { word: CLASS_WORD, options: classes(source) };
  if (!/(?:^|,)\s*\S*$/.test(text)) return null;
  const events = EVENT_NAMES.map((name) => named(name, 'event', EVENT_HELP[name]));
  const isFirst = !text.includes(',');
  return {
    word: PLAIN_WORD,
    options: [...events, ...classes(source), ...(isFirst ? targets(source, [END, REPEAT]) : [])],
  };
}

function variableOptions(
  text: string,
  source: string,
  knownVariables: readonly string[],
): Found | null {
  if (text.includes('|')) return null;
  if (!text.includes(':')) return { word: PATH_WORD, options: variables(source, knownVariables) };
  return {
    word: PLAIN_WORD,
    options: FORMAT_NAMES.map((name) => named(name, 'format', FORMAT_HELP[name])),
  };
}

const scriptOf = (source: string) => parseScript(splitLines(source), collectFaults().report);

function targets(source: string, reserved: readonly string[]): readonly Completion[] {
  const names = [...firstNodes(scriptOf(source)).keys()];
  return [
    ...names.map((name) => named(name, 'node', 'A node of this script')),
    ...reserved.map((name) =>
      named(name, 'keyword', name === END ? 'Ends the conversation' : 'Says the prompt again'),
    ),
  ];
}

function classes(source: string): readonly Completion[] {
  const own = [...scriptOf(source).header.keywords.keys()];
  return [
    ...CLASS_NAMES.map((name) => named(`@${name}`, 'class', CLASS_HELP[name])),
    ...own.map((name) => named(`@${name}`, 'class', 'A class of this script')),
  ];
}

function variables(source: string, known: readonly string[]): readonly Completion[] {
  const script = scriptOf(source);
  const spoken = writtenTemplatesOf(script)
    .flat()
    .flatMap((part) => (part.type === 'variable' ? [part.path] : []));
  const paths = new Set([
    ...known,
    ...setPaths(script),
    ...script.header.defaults.keys(),
    ...spoken,
  ]);
  return [...paths].map((path) => named(path, 'variable', 'A variable'));
}

const named = (label: string, kind: Completion['kind'], detail = ''): Completion => ({
  label,
  kind,
  detail,
});
