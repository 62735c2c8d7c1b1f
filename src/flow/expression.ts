import type { Expression, Operator, Value, Variables } from './types.ts';

/** A missing value is null: it equals only null and is never less or more than anything. */
export function evaluate(expression: Expression, variables: Variables): Value {
  switch (expression.type) {
    case 'value':
      return expression.value;
    case 'path':
      return lookUp(variables, expression.path);
    case 'not':
      return !isTruthy(evaluate(expression.operand, variables));
    case 'binary':
      return applyOperator(
        expression.operator,
        evaluate(expression.left, variables),
        evaluate(expression.right, variables),
      );
  }
}

export function lookUp(variables: Variables, path: string): Value {
  return Object.hasOwn(variables, path) ? (variables[path] ?? null) : null;
}

/** Contact fields arrive as text, so the text "false" counts as false. */
export function isTruthy(value: Value): boolean {
  if (typeof value === 'string') return value !== '' && value.toLowerCase() !== 'false';
  return value !== null && value !== false && value !== 0;
}

function applyOperator(operator: Operator, left: Value, right: Value): Value {
  switch (operator) {
    case 'or':
      return isTruthy(left) || isTruthy(right);
    case 'and':
      return isTruthy(left) && isTruthy(right);
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return isLess(left, right);
    case '>':
      return isLess(right, left);
    case '<=':
      return isLess(left, right) || (left !== null && isEqual(left, right));
    case '>=':
      return isLess(right, left) || (left !== null && isEqual(left, right));
    case 'contains':
      return contains(left, right);
    case '+':
      return add(left, right);
    case '-':
      return subtract(left, right);
  }
}

function isEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === typeof right) return left === right;
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    return String(left).toLowerCase() === String(right).toLowerCase();
  }
  return toNumber(left) === toNumber(right);
}

function isLess(left: Value, right: Value): boolean {
  const leftNumber = toNumber(left);
  const rightNumber = toNumber(right);
  if (leftNumber !== null && rightNumber !== null) return leftNumber < rightNumber;
  return typeof left === 'string' && typeof right === 'string' && left < right;
}

function contains(left: Value, right: Value): boolean {
  if (left === null || right === null) return false;
  return String(left).toLowerCase().includes(String(right).toLowerCase());
}

/** A counter needs no first value: missing + 1 is 1. */
function add(left: Value, right: Value): Value {
  if (left === null || right === null) return left ?? right;
  const areTexts = typeof left === 'string' && typeof right === 'string';
  const leftNumber = toNumber(left);
  const rightNumber = toNumber(right);
  if (!areTexts && leftNumber !== null && rightNumber !== null) {
    return tidy(leftNumber + rightNumber);
  }
  return `${left}${right}`.slice(0, MAX_TEXT_CHARS);
}

function subtract(left: Value, right: Value): Value {
  const leftNumber = toNumber(left ?? 0);
  const rightNumber = toNumber(right ?? 0);
  return leftNumber === null || rightNumber === null ? null : tidy(leftNumber - rightNumber);
}

function toNumber(value: Value): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return null;
  return Number(value);
}

/** 0.1 + 0.2 is spoken as 0.3, and JSON has no infinity. */
function tidy(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(12)) : null;
}

/** A loop of `@set a = a + a` may not fill the memory of a call. */
const MAX_TEXT_CHARS = 2000;
