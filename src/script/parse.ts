import type { HeaderAst, NodeAst, ScriptAst, TestAst } from './ast.ts';
import type { Report } from './diagnostic.ts';
import { type DirectiveLine, expectEnd, readDirective, refuse } from './directive-arguments.ts';
import { ACTION_NAMES, HEADER_NAMES, REPEATABLE_NAMES } from './directives.ts';
import { kindOf, type LineKind } from './line-kind.ts';
import { parseAction } from './parse-action.ts';
import { parseBranch } from './parse-branch.ts';
import { parseHeader } from './parse-header.ts';
import { parseNodeHeader } from './parse-node-header.ts';
import { parseTemplate } from './parse-template.ts';
import { parseTestLine } from './parse-test.ts';
import type { Line, Span } from './source.ts';
import { nearest } from './suggest.ts';

/** script = { blank | comment | header | test } , { node | test } */
export function parseScript(lines: readonly Line[], report: Report): ScriptAst {
  const parser: Parser = {
    report,
    header: { defaults: new Map(), keywords: new Map(), pronunciations: new Map() },
    headerLines: new Map(),
    nodes: [],
    tests: [],
    isInTest: false,
  };
  for (const line of lines) parseLine(parser, line);
  return { header: parser.header, nodes: parser.nodes, tests: parser.tests };
}

type Parser = {
  readonly report: Report;
  readonly header: HeaderAst;
  readonly headerLines: Map<string, number>;
  readonly nodes: NodeAst[];
  readonly tests: TestAst[];
  /** The test after which nothing but a node or another test may follow. */
  openTest?: TestAst | null;
  isInTest: boolean;
};

/** The text of a line from its first letter on, and where that is. */
type Content = {
  readonly text: string;
  readonly offset: number;
  readonly span: Span;
  readonly line: number;
  readonly isIndented: boolean;
};

function parseLine(parser: Parser, line: Line): void {
  const content = contentOf(line);
  const kind = kindOf(content.text);
  // The lines of a test are indented; the first one that is not ends it.
  if (parser.isInTest && kind !== 'blank') parser.isInTest = content.offset > line.start;
  if (parser.isInTest) addTestLine(parser, kind, content);
  else PARSERS[kind](parser, content);
}

function contentOf({ start, text, number }: Line): Content {
  const trimmed = text.trimStart();
  const offset = start + text.length - trimmed.length;
  const span = { start: offset, end: offset + trimmed.trimEnd().length };
  return { text: trimmed, offset, span, line: number, isIndented: offset > start };
}

const PARSERS: Readonly<Record<LineKind, (parser: Parser, content: Content) => void>> = {
  blank: () => undefined,
  comment: () => undefined,
  node: (parser, { text, offset, line }) => {
    parser.openTest = null;
    parser.nodes.push(parseNodeHeader(text, offset, line, parser.report));
  },
  speech: addSpeech,
  branch: addBranch,
  directive: addDirective,
};

/** speech = [ "\" ] , text , EOL */
function addSpeech(parser: Parser, { text, offset, span }: Content): void {
  const { nodes, report } = parser;
  const node = nodes.at(-1);
  endTest(parser);
  if (node === undefined) {
    report('DS104', span, 'This speech stands before the first node: begin with `[start]`.');
    return;
  }
  const skipped = /^\\(?=[[@\\]|->|\/\/)/.test(text) ? 1 : 0;
  const template = parseTemplate(text.slice(skipped).trimEnd(), offset + skipped, report);
  node.statements.push({ type: 'speech', template, span });
}

function addBranch(parser: Parser, { text, offset, span }: Content): void {
  const { nodes, report } = parser;
  endTest(parser);
  const node = nodes.at(-1);
  if (node === undefined) {
    report('DS104', span, 'This branch stands before the first node: begin with `[start]`.');
    return;
  }
  const branch = parseBranch(text.slice(2), offset + 2, span, report);
  if (branch === null) node.hasFaults = true;
  else node.branches.push(branch);
}

function addDirective(parser: Parser, { text, offset, line, isIndented }: Content): void {
  const { report } = parser;
  const directive = readDirective(text, offset, report);
  const node = parser.nodes.at(-1);
  if (directive.name === 'test') {
    addTest(parser, directive, isIndented);
  } else if (node === undefined) {
    addHeader(parser, directive, line);
  } else if (isNameIn(ACTION_NAMES, directive.name)) {
    endTest(parser);
    addAction(node, directive);
  } else {
    node.hasFaults = true;
    reportUnknown(directive, ACTION_NAMES, HEADER_NAMES, 'belongs before the first node');
  }
}

/** test = "@test" , phrase , EOL , { indent , testline , EOL } */
function addTest(parser: Parser, directive: DirectiveLine, isIndented: boolean): void {
  const { cursor, span, nameSpan, report } = directive;
  parser.isInTest = true;
  if (isIndented) report('DS151', nameSpan, 'A test begins at the start of a line.');
  const name = cursor.token.isOpen === true ? null : cursor.take('string');
  if (name === null) refuse(directive, 'a name in quotes');
  else expectEnd(directive);
  const test = { name: name?.text ?? '', span, steps: [] };
  parser.openTest = parser.nodes.length > 0 ? test : null;
  parser.tests.push(test);
}

function addTestLine({ tests, report }: Parser, kind: LineKind, content: Content): void {
  if (kind === 'blank' || kind === 'comment') return;
  const step = parseTestLine(content.text, content.offset, content.span, report);
  if (step !== null) tests.at(-1)?.steps.push({ step, line: content.line, span: content.span });
}

/** What comes after a test cannot belong to the node before it. */
function endTest(parser: Parser): void {
  if (!parser.openTest) return;
  const message = 'A test stands between nodes, not inside of one: move it below this node.';
  parser.report('DS151', parser.openTest.span, message);
  parser.openTest = null;
}

function addHeader(parser: Parser, directive: DirectiveLine, line: number): void {
  const { name, nameSpan, report } = directive;
  if (!isNameIn(HEADER_NAMES, name)) {
    reportUnknown(directive, HEADER_NAMES, ACTION_NAMES, 'belongs inside a node');
    return;
  }
  const earlier = parser.headerLines.get(name);
  if (earlier !== undefined && !REPEATABLE_NAMES.includes(name)) {
    report('DS111', nameSpan, `\`@${name}\` stands on line ${earlier} already.`);
  }
  parser.headerLines.set(name, earlier ?? line);
  parseHeader(directive, parser.header);
}

function addAction(node: NodeAst, directive: DirectiveLine): void {
  const statement = parseAction(directive);
  if (statement === null) node.hasFaults = true;
  else node.statements.push(statement);
}

function reportUnknown(
  { name, nameSpan, report }: DirectiveLine,
  here: readonly string[],
  elsewhere: readonly string[],
  where: string,
): void {
  if (isNameIn(elsewhere, name)) {
    report('DS110', nameSpan, `\`@${name}\` ${where}.`);
    return;
  }
  const message = `\`@${name}\` is not a directive; begin the line with \`\\\` to speak it.`;
  const suggestion = nearest(name, here) ?? nearest(name, elsewhere);
  report('DS110', nameSpan, message, suggestion && `@${suggestion}`);
}

function isNameIn(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
