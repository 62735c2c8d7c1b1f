import type { StatementAst } from './ast.ts';
import { type DirectiveLine, expectEnd, refuse, takeDuration } from './directive-arguments.ts';
import { parseExpression } from './parse-expression.ts';

const MAX_PAUSE_MS = 60_000;

/** Reads the arguments of an action; null after a fault, which has been reported. */
export function parseAction(line: DirectiveLine): StatementAst | null {
  switch (line.name) {
    case 'set':
      return parseSet(line);
    case 'pause':
      return parsePause(line);
    case 'bargein':
      return parseBargeIn(line);
    default:
      return null;
  }
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
