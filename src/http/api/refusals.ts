import type { RouteSpec } from '../../contract/route.ts';
import type { ErrorCode } from '../../shared/errors.ts';

/** Every error that an operation may answer: its own, and what follows from its rule and input. */
export function refusalsOf(spec: RouteSpec): ErrorCode[] {
  const { rule, method } = spec;
  const hasInput = [spec.params, spec.query, spec.body].some((shape) => shape !== undefined);
  const codes: (readonly [boolean, readonly ErrorCode[]])[] = [
    // A wrong key is refused everywhere, and so is a page of another origin.
    [true, ['unauthenticated', 'rate_limited']],
    [rule.who !== 'anyone' || method !== 'get', ['forbidden']],
    [hasInput, ['invalid_input']],
    [spec.body !== undefined, ['unsupported_media_type', 'too_large']],
    [spec.upload !== undefined, ['unsupported_media_type', 'too_large', 'store_failed']],
    [rule.who === 'tenant', ['not_found', 'invalid_input']],
    [rule.who === 'tenant' && rule.feature !== null, ['plan_lacks_feature']],
    [rule.who === 'tenant' && method !== 'get', ['tenant_suspended']],
    [spec.idempotent !== undefined, ['conflict', 'idempotency_mismatch', 'invalid_input']],
    [spec.edits === true, ['precondition_required', 'precondition_failed']],
    [true, spec.refuses ?? []],
  ];
  return [...new Set(codes.flatMap(([applies, own]) => (applies ? own : [])))];
}
