import { EVENT_NAMES } from '../flow/names.ts';
import { normalisePhrase } from '../flow/normalise.ts';
import type { BranchAst, ExpressionAst, TriggerAst } from './ast.ts';
import { Cursor } from './cursor.ts';
import type { Report } from './diagnostic.ts';
import { parseExpression } from './parse-expression.ts';
import type { Span } from './source.ts';
import { nearest } from './suggest.ts';
import { type InlineToken, tokenize } from './tokens.ts';

/**
 * branch = "->" , [ trigger , { "," , trigger } , ":" ] , target , [ "#" , ident ] , [ "if" , expr ]
 * `text` begins after the arrow, at `offset`. Null when it has no target, or triggers of which
 * none can be read; what is wrong has been reported.
 */
export function parseBranch(
  text: string,
  offset: number,
  span: Span,
  report: Report,
): BranchAst | null {
  const tokens = tokenize(text, offset);
  const open = tokens.find((token) => token.isOpen === true);
  if (open !== undefined) {
    report('DS120', open.span, 'This quote is not closed.');
    return null;
  }
  const colon = tokens.findIndex((token) => token.kind === 'symbol' && token.text === ':');
  if (colon < 0 && startsTrigger(tokens)) {
    const message = 'There is no target after the trigger: write `: node_name`.';
    report('DS123', lastOf(tokens).span, message);
    return null;
  }
  const triggers = colon < 0 ? [] : parseTriggers(tokens.slice(0, colon), span, report);
  const rest = parseRest(new Cursor(tokens.slice(colon + 1)), report);
  if (rest === null || (colon >= 0 && triggers.length === 0)) return null;
  const { target, outcome, guard } = rest;
  return { type: 'branch', triggers, target, outcome, guard, span };
}

type Rest = Pick<BranchAst, 'target' | 'outcome' | 'guard'>;

function parseRest(cursor: Cursor, report: Report): Rest | null {
  const target = cursor.takeIdent();
  if (target === null) {
    const found = cursor.isAtEnd ? '' : ` instead of \`${cursor.token.text}\``;
    const message = `There is no target: write a node's name, \`END\` or \`REPEAT\`${found}.`;
    report('DS123', cursor.token.span, message);
    return null;
  }
  const outcome = cursor.take('outcome')?.text.slice(1) ?? null;
  let guard: ExpressionAst | null = null;
  if (cursor.takeWord('if') !== null) {
    guard = parseExpression(cursor, report);
    if (guard === null) return null;
  } else if (!cursor.isAtEnd) {
    const message = `\`${cursor.token.text}\` cannot follow the target: only \`#outcome\` and \`if\` can.`;
    report('DS123', cursor.token.span, message);
  }
  return { target: { text: target.text, span: target.span }, outcome, guard };
}

function startsTrigger(tokens: readonly InlineToken[]): boolean {
  const [first, second] = tokens;
  if (first === undefined || first.kind === 'end') return false;
  return first.kind !== 'word' || (second?.kind === 'symbol' && second.text === ',');
}

function parseTriggers(
  tokens: readonly InlineToken[],
  line: Span,
  report: Report,
): readonly TriggerAst[] {
  const triggers: TriggerAst[] = [];
  let from = 0;
  for (let at = 0; at <= tokens.length; at++) {
    const token = tokens[at];
    if (token !== undefined && !(token.kind === 'symbol' && token.text === ',')) continue;
    const trigger = parseTrigger(tokens.slice(from, at), line, report);
    if (trigger !== null) triggers.push(trigger);
    from = at + 1;
  }
  return triggers;
}

/** trigger = key | phrase | class | event */
function parseTrigger(
  group: readonly InlineToken[],
  line: Span,
  report: Report,
): TriggerAst | null {
  const [first] = group;
  if (first === undefined) {
    report('DS122', line, 'A trigger is missing beside a `,` or before the `:`.');
    return null;
  }
  const span = { start: first.span.start, end: lastOf(group).span.end };
  if (group.length === 1) {
    const trigger = readTrigger(first, span, report);
    if (trigger !== undefined) return trigger;
  }
  reportBadTrigger(group, span, report);
  return null;
}

/** Undefined: none of the four kinds; null: one of them with a fault of its own. */
function readTrigger(
  { kind, text }: InlineToken,
  span: Span,
  report: Report,
): TriggerAst | null | undefined {
  if (kind === 'string') return readPhrase(text, span, report);
  if (kind === 'class') return { type: 'class', name: text.slice(1), span };
  if (kind === 'number' && /^\d+$/.test(text)) return { type: 'key', key: text, span };
  if (kind === 'symbol' && (text === '*' || text === '#')) return { type: 'key', key: text, span };
  if (kind === 'word' && EVENT_NAMES.some((name) => name === text)) {
    return { type: 'event', event: text, span };
  }
  return undefined;
}

function readPhrase(raw: string, span: Span, report: Report): TriggerAst | null {
  const text = raw.replace(/\\(.)/g, '$1').trim();
  if (/[\p{L}\p{N}]/u.test(text))
    return { type: 'phrase', text, tokens: normalisePhrase(text), span };
  report('DS121', span, 'This phrase is empty: write the words a caller may say.');
  return null;
}

function reportBadTrigger(group: readonly InlineToken[], span: Span, report: Report): void {
  const [first] = group;
  if (group.length > 1 && group.some((token) => token.kind === 'string')) {
    report('DS122', span, 'Write a `,` between triggers.');
    return;
  }
  const word = group.length === 1 ? (first?.text ?? '') : '';
  const event = nearest(word, EVENT_NAMES);
  const message = 'This is not a key, a phrase, a class or an event: put speech in quotes.';
  report('DS122', span, message, event);
}

function lastOf(tokens: readonly InlineToken[]): InlineToken {
  return tokens.at(-1) ?? { kind: 'end', text: '', span: { start: 0, end: 0 } };
}
