import type { Expression, Operator } from '../flow/types.ts';
import type { ExpressionAst } from './ast.ts';
import type { Cursor } from './cursor.ts';
import type { Report } from './diagnostic.ts';
import type { Name } from './source.ts';

/** Deeper or longer than a person writes; it keeps recursion within the stack. */
const MAX_TOKENS = 200;
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='] as const;
const KEYWORDS = new Set(['and', 'or', 'not', 'contains', 'if']);

/** expr = or , EOL ; null after a fault, which has been reported. */
export function parseExpression(cursor: Cursor, report: Report): ExpressionAst | null {
  if (cursor.tokens.length > MAX_TOKENS) {
    report('DS140', cursor.token.span, 'This expression is too long: use `@set` in steps.');
    return null;
  }
  const context: Context = { cursor, report, paths: [] };
  const value = parseOr(context);
  if (value === null) return null;
  if (cursor.isAtEnd) return { value, paths: context.paths };
  return fail(context, leftOver(cursor));
}

type Context = { readonly cursor: Cursor; readonly report: Report; readonly paths: Name[] };

/** or = and , { "or" , and } */
function parseOr(context: Context): Expression | null {
  return parseChain(context, parseAnd, () => context.cursor.takeWord('or') && 'or');
}

/** and = unary , { "and" , unary } */
function parseAnd(context: Context): Expression | null {
  return parseChain(context, parseUnary, () => context.cursor.takeWord('and') && 'and');
}

/** unary = [ "not" ] , compare */
function parseUnary(context: Context): Expression | null {
  if (context.cursor.takeWord('not') === null) return parseCompare(context);
  const operand = parseUnary(context);
  return operand && { type: 'not', operand };
}

/** compare = sum , [ ( "==" | "!=" | "<" | "<=" | ">" | ">=" | "contains" ) , sum ] */
function parseCompare(context: Context): Expression | null {
  const left = parseSum(context);
  if (left === null) return null;
  const operator = takeComparison(context.cursor);
  if (operator === null) return left;
  const right = parseSum(context);
  return right && { type: 'binary', operator, left, right };
}

/** sum = value , { ( "+" | "-" ) , value } */
function parseSum(context: Context): Expression | null {
  const { cursor } = context;
  return parseChain(
    context,
    parseValue,
    () => (cursor.takeSymbol('+') && '+') ?? (cursor.takeSymbol('-') && '-'),
  );
}

/** value = number | '"text"' | "true" | "false" | path | "(" , expr , ")" */
function parseValue(context: Context): Expression | null {
  const { cursor } = context;
  const sign = cursor.takeSymbol('-') === null ? 1 : -1;
  const number = cursor.take('number');
  if (number !== null) return { type: 'value', value: sign * Number(number.text) };
  if (sign < 0) return fail(context, 'Expected a number after `-`.');
  const text = cursor.token.isOpen === true ? null : cursor.take('string');
  if (text !== null) return { type: 'value', value: text.text.replace(/\\(.)/g, '$1') };
  if (cursor.takeSymbol('(') !== null) return parseGroup(context);
  const { token } = cursor;
  if (token.kind !== 'word' || KEYWORDS.has(token.text))
    return fail(context, expectedValue(cursor));
  cursor.advance();
  if (token.text === 'true' || token.text === 'false') {
    return { type: 'value', value: token.text === 'true' };
  }
  context.paths.push({ text: token.text, span: token.span });
  return { type: 'path', path: token.text };
}

function parseGroup(context: Context): Expression | null {
  const inner = parseOr(context);
  if (inner === null || context.cursor.takeSymbol(')') !== null) return inner;
  return fail(context, 'Expected `)`.');
}

function parseChain(
  context: Context,
  parsePart: (context: Context) => Expression | null,
  takeOperator: () => Operator | null,
): Expression | null {
  let left = parsePart(context);
  while (left !== null) {
    const operator = takeOperator();
    if (operator === null) return left;
    const right = parsePart(context);
    left = right && { type: 'binary', operator, left, right };
  }
  return null;
}

function takeComparison(cursor: Cursor): Operator | null {
  const symbol = cursor.takeSymbol(...COMPARISONS)?.text;
  const operator = COMPARISONS.find((known) => known === symbol);
  return operator ?? (cursor.takeWord('contains') && 'contains');
}

function fail({ cursor, report }: Context, message: string): null {
  const { span, isOpen } = cursor.token;
  if (isOpen === true) report('DS120', span, 'This quote is not closed.');
  else report('DS140', span, message);
  return null;
}

function expectedValue({ token }: Cursor): string {
  if (token.kind === 'end') return 'The expression ends too early: expected a value.';
  return `Expected a value (a number, a "text", true, false or a variable), not \`${token.text}\`.`;
}

function leftOver({ token }: Cursor): string {
  if (token.text === '=') return 'Write `==` to compare.';
  if (token.kind === 'outcome') return `Write \`${token.text}\` before \`if\`.`;
  return `\`${token.text}\` cannot stand here: expected an operator or the end of the line.`;
}
