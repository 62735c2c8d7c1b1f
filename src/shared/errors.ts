/**
 * Every code that can reach a person or a log. Domain words, never HTTP numbers: each transport
 * has one mapper from code to its own form.
 */
export const ERROR_CODES = [
  'invalid_input',
  'unauthenticated',
  'forbidden',
  'plan_lacks_feature',
  'tenant_suspended',
  'tenant_moving',
  'account_locked',
  'link_expired',
  'rate_limited',
  'precondition_required',
  'precondition_failed',
  'idempotency_mismatch',
  'unsupported_media_type',
  'too_large',
  'unhealthy',
  'mail_failed',
  'not_found',
  'conflict',
  'script_invalid',
  'script_tests_failed',
  'missing_variable',
  'invalid_number',
  'signature_invalid',
  'unknown_call',
  'unknown_audio',
  'config_invalid',
  'carrier_failed',
  'speech_failed',
  'store_failed',
  'database_failed',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error whose message may be shown: one sentence that says what to do. */
export class DestinyError extends Error {
  override readonly name = 'DestinyError';
  readonly code: ErrorCode;
  /** Shape depends on the code (zod issues, script diagnostics); never a secret. */
  readonly details?: unknown;

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: unknown; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    if (options.details !== undefined) this.details = options.details;
  }
}
