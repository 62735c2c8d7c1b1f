import { EVENT_NAMES } from '../flow/names.ts';
import type { Value } from '../flow/types.ts';
import type { TestStepAst } from './ast.ts';
import { Cursor } from './cursor.ts';
import type { Report } from './diagnostic.ts';
import type { Span } from './source.ts';
import { nearest } from './suggest.ts';
import { tokenize } from './tokens.ts';

const STARTS = ['with', 'caller', 'machine', 'says', 'at', 'outcome', 'ends', 'result'];
const CALLER_FORM = '`caller "words"`, `caller presses 1`, `caller silent` or `caller hangs up`';

/** One line of a test; null after a fault, which has been reported. */
export function parseTestLine(
  text: string,
  offset: number,
  span: Span,
  report: Report,
): TestStepAst | null {
  const cursor = new Cursor(tokenize(text, offset));
  const word = cursor.takeWord(...STARTS);
  if (word === null) {
    const found = cursor.token.text;
    const message = `\`${found}\` begins no line of a test: ${STARTS.map((start) => `\`${start}\``).join(', ')} do.`;
    report('DS150', cursor.token.span, message, nearest(found, STARTS));
    return null;
  }
  const step = READERS[word.text]?.(cursor) ?? null;
  if (step !== null && cursor.isAtEnd) return step;
  const expected = FORMS[word.text] ?? `\`${word.text}\` alone`;
  report('DS150', step === null ? span : cursor.token.span, `Expected ${expected}.`);
  return null;
}

const FORMS: Readonly<Record<string, string>> = {
  with: '`with variable = value`',
  caller: CALLER_FORM,
  says: '`says "part of the prompt"`',
  at: '`at node_name`',
  outcome: '`outcome name`',
  result: '`result event` or `result ok key = value, key = value`',
};

const READERS: Readonly<Record<string, (cursor: Cursor) => TestStepAst | null>> = {
  with: (cursor) => {
    const pair = takePair(cursor);
    return pair && { type: 'with', path: pair[0], value: pair[1] };
  },
  caller: takeCaller,
  machine: () => ({ type: 'machine' }),
  ends: () => ({ type: 'ends' }),
  says: (cursor) => {
    const text = takeText(cursor);
    return text === null ? null : { type: 'says', text };
  },
  at: (cursor) => {
    const node = cursor.takeIdent();
    return node && { type: 'at', node: node.text };
  },
  outcome: (cursor) => {
    const word = cursor.takeIdent() ?? cursor.take('outcome');
    return word && { type: 'outcome', outcome: word.text.replace(/^#/, '') };
  },
  result: takeResult,
};

function takeCaller(cursor: Cursor): TestStepAst | null {
  const text = takeText(cursor);
  if (text !== null) return { type: 'caller', text };
  if (cursor.takeWord('silent') !== null) return { type: 'silent' };
  if (cursor.takeWord('hangs') !== null && cursor.takeWord('up') !== null) {
    return { type: 'hangs up' };
  }
  if (cursor.takeWord('presses') === null) return null;
  let keys = '';
  while (!cursor.isAtEnd && /^[0-9*#]+$/.test(cursor.token.text)) keys += cursor.advance().text;
  return keys === '' ? null : { type: 'presses', keys };
}

function takeResult(cursor: Cursor): TestStepAst | null {
  const word = cursor.takeWord(...EVENT_NAMES);
  const event = EVENT_NAMES.find((name) => name === word?.text);
  if (event === undefined) return null;
  const data: [string, Value][] = [];
  while (!cursor.isAtEnd) {
    const pair = takePair(cursor);
    if (pair === null) return null;
    data.push(pair);
    if (cursor.takeSymbol(',') === null) break;
  }
  return { type: 'result', event, data: Object.fromEntries(data) };
}

function takePair(cursor: Cursor): [string, Value] | null {
  const path = cursor.takePath();
  if (path === null || cursor.takeSymbol('=') === null) return null;
  const text = takeText(cursor);
  if (text !== null) return [path.text, text];
  const sign = cursor.takeSymbol('-') === null ? 1 : -1;
  const number = cursor.take('number');
  if (number !== null) return [path.text, sign * Number(number.text)];
  const word = cursor.takeWord('true', 'false');
  return word === null ? null : [path.text, word.text === 'true'];
}

function takeText(cursor: Cursor): string | null {
  const token = cursor.token.isOpen === true ? null : cursor.take('string');
  return token === null ? null : token.text.replace(/\\(.)/g, '$1');
}
