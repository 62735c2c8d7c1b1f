import { expect, test, vi } from 'vitest';
import { consoleLog } from '../../src/shared/log.ts';

const HOSTILE = [
  'x\r\n{"level":"error","message":"forged"}',
  '\u2028{"level":"info"}\u2029',
  '\u001b[2J\u001b[31mred',
  '"}\n{"level":"error"}',
  '\u0000\u0085\u009b31m',
];

test.each(HOSTILE)('%j cannot begin a line of its own, nor steer a terminal', (text) => {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
  consoleLog('error', text, { path: text, [text]: text });
  const line = String(spy.mock.calls[0]?.[0]);
  spy.mockRestore();
  expect(spy.mock.calls.length).toBeLessThanOrEqual(1);
  expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(JSON.parse(line)).toEqual({ level: 'error', message: text, path: text, [text]: text });
});
