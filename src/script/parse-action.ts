import type { StatementAst } from './ast.ts';
import {
  type DirectiveLine,
  expectEnd,
  refuse,
  takeDuration,
  takeNumber,
  takeTemplate,
} from './directive-arguments.ts';
import { parseExpression } from './parse-expression.ts';
import { parseWebhook } from './parse-webhook.ts';

const MAX_PAUSE_MS = 60_000;
const MAX_DIGITS = 32;
const CAPTURE_KINDS = ['digits', 'date', 'time', 'number', 'yesno', 'text'] as const;
const TRANSFER_MS = 20_000;
/** Who waits for the tenant's own agents hears music and his place meanwhile. */
const AGENTS_MS = 120_000;
const VOICEMAIL_MS = 120_000;

/** Reads the arguments of an action; null after a fault, which has been reported. */
export function parseAction(line: DirectiveLine): StatementAst | null {
  return READERS.get(line.name)?.(line) ?? null;
}

/** "@set" , path , "=" , expr */
function parseSet(line: DirectiveLine): StatementAst | null {
  const path = line.cursor.takePath();
  if (path === null) return refuse(line, 'a variable, `=` and a value');
  if (line.cursor.takeSymbol('=') === null) return refuse(line, `\`=\` after \`${path.text}\``);
  const value = parseExpression(line.cursor, line.report);
  return value && { type: 'set', path: path.text, value, span: line.span };
}

/** "@pause" , duration */
function parsePause(line: DirectiveLine): StatementAst | null {
  const ms = takeDuration(line, 1, MAX_PAUSE_MS, 'a time up to 60s, such as `500ms`');
  if (ms === null) return null;
  expectEnd(line);
  return { type: 'pause', ms, span: line.span };
}

/** "@bargein" , ( "on" | "off" ) */
function parseBargeIn(line: DirectiveLine): StatementAst | null {
  const word = line.cursor.takeWord('on', 'off');
  if (word === null) return refuse(line, '`on` or `off`');
  expectEnd(line);
  return { type: 'bargein', isOn: word.text === 'on', span: line.span };
}

/** "@capture" , path , ( "digits" , number | kind ) , [ reprompt ] , [ "sensitive" ] */
function parseCapture(line: DirectiveLine): StatementAst | null {
  const path = line.cursor.takePath();
  if (path === null) return refuse(line, 'a variable, then what to capture');
  const word = line.cursor.takeWord(...CAPTURE_KINDS);
  const kind = CAPTURE_KINDS.find((known) => known === word?.text);
  if (kind === undefined) {
    return refuse(line, '`digits N`, `date`, `time`, `number`, `yesno` or `text`');
  }
  const digits = kind === 'digits' ? takeDigits(line) : null;
  if (kind === 'digits' && digits === null) return null;
  const reprompt = line.cursor.token.kind === 'string' ? takeTemplate(line, 'a reprompt') : null;
  if (reprompt === null && line.cursor.token.kind === 'string') return null;
  const isSensitive = line.cursor.takeWord('sensitive') !== null;
  expectEnd(line);
  return { type: 'capture', path: path.text, kind, digits, reprompt, isSensitive, span: line.span };
}

function takeDigits(line: DirectiveLine): number | null {
  const expected = `how many digits, from 1 to ${MAX_DIGITS}`;
  if (!/^\d+$/.test(line.cursor.token.text)) return refuse(line, expected);
  return takeNumber(line, 1, MAX_DIGITS, expected);
}

/** "@transfer" , ( ident | '"+15551234567"' ) , [ "timeout" , duration ] */
function parseTransfer(line: DirectiveLine): StatementAst | null {
  const expected = 'a group of agents or a number in quotes, such as `"+15551234567"`';
  const { token } = line.cursor;
  const isNumber = token.kind === 'string' && /^\+[1-9]\d{6,14}$/.test(token.text);
  const to = isNumber ? line.cursor.take('string') : line.cursor.takeIdent();
  if (to === null) return refuse(line, expected);
  const timeoutMs = takeOption(
    line,
    'timeout',
    isNumber ? TRANSFER_MS : AGENTS_MS,
    600_000,
    'a time from 5s to 10m',
    5000,
  );
  if (timeoutMs === null) return null;
  expectEnd(line);
  return { type: 'transfer', to: to.text, timeoutMs, span: line.span };
}

/** "@voicemail" , [ "max" , duration ] */
function parseVoicemail(line: DirectiveLine): StatementAst | null {
  const maxMs = takeOption(line, 'max', VOICEMAIL_MS, 600_000, 'a time from 1s to 10m', 1000);
  if (maxMs === null) return null;
  expectEnd(line);
  return { type: 'voicemail', maxMs, span: line.span };
}

/** "@sms" , text */
function parseSms(line: DirectiveLine): StatementAst | null {
  const template = takeTemplate(line, 'the message in quotes');
  if (template === null) return null;
  expectEnd(line);
  return { type: 'sms', template, span: line.span };
}

function takeOption(
  line: DirectiveLine,
  word: string,
  standard: number,
  maxMs: number,
  expected: string,
  minMs: number,
): number | null {
  if (line.cursor.takeWord(word) === null) return standard;
  return takeDuration(line, minMs, maxMs, `${expected} after \`${word}\``);
}

const READERS: ReadonlyMap<string, (line: DirectiveLine) => StatementAst | null> = new Map([
  ['set', parseSet],
  ['pause', parsePause],
  ['bargein', parseBargeIn],
  ['capture', parseCapture],
  ['transfer', parseTransfer],
  ['voicemail', parseVoicemail],
  ['webhook', parseWebhook],
  ['sms', parseSms],
]);
