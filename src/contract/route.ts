import type * as z from 'zod';
import type { ErrorCode } from '../shared/errors.ts';
import type { Rule } from './rule.ts';

/** Everything the API knows of one operation; without a rule it does not compile. */
export type RouteSpec = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below /api/v1, parameters in braces. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly rule: Rule;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodObject;
  readonly status: 200 | 201 | 202 | 204;
  /** Null: the answer has no body. */
  readonly returns: z.ZodType | null;
  /** How the audit log calls it; null for what changes nothing. */
  readonly audit: string | null;
  /** Errors of the operation itself; those that follow from rule and input are added. */
  readonly refuses?: readonly ErrorCode[];
  /** A POST that creates: an Idempotency-Key is honoured, or must be there. */
  readonly idempotent?: 'optional' | 'required';
  /** An edit: `If-Match` must name the revision that it was made from. */
  readonly edits?: true;
};

export type Infer<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a handler is given, checked. */
export type RouteInput<R extends RouteSpec> = {
  readonly params: Infer<R['params']>;
  readonly query: Infer<R['query']>;
  readonly body: Infer<R['body']>;
  /** The revision an edit was made from. */
  readonly revision: R['edits'] extends true ? number : undefined;
};

export type RouteOutput<R extends RouteSpec> = R['returns'] extends z.ZodType
  ? z.input<R['returns']>
  : undefined;

/** Keeps the literal types of a table of routes, and refuses one without a rule. */
export function routes<const T extends Readonly<Record<string, RouteSpec>>>(table: T): T {
  return table;
}
