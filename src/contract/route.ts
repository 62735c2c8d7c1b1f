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
  /** The body is a file of this type, read as it comes in; never beside `body`. */
  readonly upload?: { readonly type: 'text/csv'; readonly mostBytes: number };
  readonly status: 200 | 201 | 202 | 204;
  /** Null: the answer has no body. */
  readonly returns: z.ZodType | null;
  /** The answer is a file of this type, sent as it is made; `returns` is null. */
  readonly file?: 'text/csv';
  /** How the audit log calls it; null for what changes nothing. */
  readonly audit: string | null;
  /** Errors of the operation itself; those that follow from rule and input are added. */
  readonly refuses?: readonly ErrorCode[];
  /** A POST that creates: an Idempotency-Key is honoured, or must be there. */
  readonly idempotent?: 'optional' | 'required';
  /** An edit: `If-Match` must name the revision that it was made from. */
  readonly edits?: true;
};

/** A body that is passed on as it comes in. */
export type Upload = { readonly body: ReadableStream<Uint8Array>; readonly bytes: number };
export type FileAnswer = { readonly stream: ReadableStream<Uint8Array>; readonly name: string };

export type Infer<T> = T extends z.ZodType ? z.output<T> : undefined;

/** What a handler is given, checked. */
export type RouteInput<R extends RouteSpec> = {
  readonly params: Infer<R['params']>;
  readonly query: Infer<R['query']>;
  readonly body: Infer<R['body']>;
  readonly upload: R['upload'] extends object ? Upload : undefined;
  /** The revision an edit was made from. */
  readonly revision: R['edits'] extends true ? number : undefined;
};

export type RouteOutput<R extends RouteSpec> = R['file'] extends string
  ? FileAnswer
  : R['returns'] extends z.ZodType
    ? z.input<R['returns']>
    : undefined;

/** Keeps the literal types of a table of routes, and refuses one without a rule. */
export function routes<const T extends Readonly<Record<string, RouteSpec>>>(table: T): T {
  return table;
}
