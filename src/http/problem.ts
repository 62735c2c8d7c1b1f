import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { DestinyError, type ErrorCode } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';

const RETRY_AFTER_SECONDS = 2;

export const STATUS: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  invalid_input: 422,
  unauthenticated: 401,
  forbidden: 403,
  plan_lacks_feature: 403,
  tenant_suspended: 403,
  tenant_moving: 503,
  account_locked: 423,
  link_expired: 410,
  rate_limited: 429,
  precondition_required: 428,
  precondition_failed: 412,
  idempotency_mismatch: 422,
  unsupported_media_type: 415,
  too_large: 413,
  unhealthy: 503,
  mail_failed: 502,
  not_found: 404,
  conflict: 409,
  script_invalid: 422,
  script_tests_failed: 422,
  missing_variable: 422,
  invalid_number: 422,
  signature_invalid: 403,
  unknown_call: 404,
  unknown_audio: 404,
  config_invalid: 500,
  carrier_failed: 502,
  speech_failed: 502,
  store_failed: 503,
  database_failed: 503,
  internal: 500,
};

/** What a person is told of an error: RFC 9457 with our code and the request's id. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: unknown;
};

/** The JSON transport's one mapper. What it cannot classify it logs, and answers a fixed sentence. */
export function problemResponse(c: Context, error: unknown, requestId: string, log: Log): Response {
  const known = classify(error);
  const status = STATUS[known.code];
  if (status >= 500) {
    log('error', known.code, { requestId, path: c.req.path, error: describe(error) });
  }
  const problem: Problem = {
    type: `urn:destiny:problem:${known.code}`,
    title: known.code.replaceAll('_', ' '),
    status,
    code: known.code,
    detail: known.message,
    requestId,
    ...(known.details === undefined ? {} : { errors: [known.details].flat() }),
  };
  return c.json(problem, status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}),
  });
}

function classify(error: unknown): DestinyError {
  if (error instanceof DestinyError) return error;
  if (error instanceof HTTPException && error.status === 415) {
    return new DestinyError(
      'unsupported_media_type',
      'Send the header "Content-Type: application/json".',
    );
  }
  if (error instanceof HTTPException && error.status < 500) {
    return new DestinyError('invalid_input', 'The body is not JSON; send a JSON object.');
  }
  return new DestinyError(
    'internal',
    'Something failed on our side; try again, and give the request id if it stays.',
  );
}

/** For the log only; a stack never leaves it. */
function describe(error: unknown): string {
  return error instanceof Error ? `${error.stack ?? error.message}` : String(error);
}
