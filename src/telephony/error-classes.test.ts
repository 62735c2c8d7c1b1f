import { expect, test } from 'vitest';
import { classifyEnd, classifyError } from './error-classes.ts';
import type { TerminalStatus } from './status.ts';

test.each([
  [21211, 400, 'contact'],
  [21610, 400, 'contact'],
  [13224, 400, 'contact'],
  [20003, 401, 'account'],
  [21215, 400, 'account'],
  [22005, 400, 'account'],
  [20429, 429, 'retryable'],
  [10004, 400, 'retryable'],
  [15004, 400, 'bug'],
  [21220, 400, 'bug'],
  [99999, 400, 'bug'],
  [99999, 429, 'retryable'],
  [null, 400, 'bug'],
  [null, 401, 'account'],
  [null, 403, 'account'],
  [null, 404, 'account'],
  [null, 503, 'retryable'],
])('code %j with HTTP %i is %s', (code, httpStatus, errorClass) =>
  expect(classifyError(code, httpStatus)).toBe(errorClass),
);

test.each<[TerminalStatus, { sipCode?: number; errorCode?: number }, string]>([
  ['completed', {}, 'answered'],
  ['canceled', {}, 'canceled'],
  ['busy', { sipCode: 486 }, 'retry'],
  ['busy', { sipCode: 600 }, 'retry'],
  ['no-answer', { sipCode: 480 }, 'retry'],
  ['failed', {}, 'retry'],
  ['failed', { sipCode: 404 }, 'contact'],
  ['failed', { sipCode: 410 }, 'contact'],
  ['failed', { sipCode: 484 }, 'contact'],
  ['failed', { sipCode: 604 }, 'contact'],
  ['failed', { sipCode: 503 }, 'retry'],
  ['failed', { errorCode: 21215, sipCode: 404 }, 'account'],
  ['failed', { errorCode: 13223 }, 'contact'],
  ['failed', { errorCode: 10004 }, 'retry'],
  ['failed', { errorCode: 11200 }, 'bug'],
  ['failed', { errorCode: 99999, sipCode: 404 }, 'contact'],
])('%s with %j is %s', (status, detail, expected) =>
  expect(classifyEnd({ status, ...detail })).toBe(expected),
);
