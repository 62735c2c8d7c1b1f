import { ROUTES } from 'virtual:api-routes';
import type * as z from 'zod';
import type { RouteName, Routes } from '../../../src/contract/api.ts';
import { connection } from './connection.ts';
import { ApiProblem, problemOf, unreachable } from './problem.ts';

type Field<R, K extends string> = R extends { readonly [P in K]: infer S } ? S : never;
type Sent<S> = [S] extends [never] ? unknown : S extends z.ZodType ? z.input<S> : unknown;
type Part<R, Key extends string> = [Field<R, Key>] extends [never]
  ? unknown
  : { readonly [K in Key]: Sent<Field<R, Key>> };
/** A query without a required field may be left out. */
type Query<R> = [Field<R, 'query'>] extends [never]
  ? unknown
  : Record<never, never> extends Sent<Field<R, 'query'>>
    ? { readonly query?: Sent<Field<R, 'query'>> }
    : Part<R, 'query'>;

/** What a route takes: its path's parameters, query and body, as its contract writes them. */
export type Input<N extends RouteName> = Part<Routes[N], 'params'> &
  Query<Routes[N]> &
  Part<Routes[N], 'body'> &
  (Routes[N] extends { readonly upload: object } ? { readonly file: Blob } : unknown) &
  (Routes[N] extends { readonly edits: true } ? { readonly revision: number } : unknown);

/** What it answers. */
export type Output<N extends RouteName> =
  Routes[N]['returns'] extends z.ZodType<infer T> ? T : undefined;

type AnyInput = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly file?: Blob;
  readonly revision?: number;
};
export type Ask = {
  /** Whose rows are meant; null for what is about no tenant. */
  readonly tenant: string | null;
  readonly signal?: AbortSignal;
  /** The same for every try of one wish, so that it is done once. */
  readonly idempotencyKey?: string;
};

/** Asks one operation of the API by its name. Throws an `ApiProblem` for every refusal. */
export async function api<N extends RouteName>(
  name: N,
  input: Input<N>,
  ask: Ask,
): Promise<Output<N>> {
  const response = await send(name, input as AnyInput, ask);
  if (response.status === 204) return undefined as Output<N>;
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Output<N>;
}

/** A file that an operation sends, to be saved. */
export async function apiFile<N extends RouteName>(
  name: N,
  input: Input<N>,
  ask: Ask,
): Promise<Blob> {
  return (await send(name, input as AnyInput, ask)).blob();
}

async function send(name: RouteName, input: AnyInput, ask: Ask): Promise<Response> {
  const { method, isCreating, upload } = ROUTES[name];
  const isJson = input.body !== undefined;
  const headers: Record<string, string> = {
    ...(ask.tenant === null ? {} : { 'destiny-tenant': ask.tenant }),
    ...(isJson ? { 'content-type': 'application/json' } : {}),
    ...(upload === undefined ? {} : { 'content-type': upload }),
    ...(input.revision === undefined ? {} : { 'if-match': `"${input.revision}"` }),
    ...(isCreating === true
      ? { 'idempotency-key': ask.idempotencyKey ?? crypto.randomUUID() }
      : {}),
  };
  const body = isJson ? JSON.stringify(input.body) : input.file;
  let response: Response;
  try {
    response = await fetch(urlOf(name, input), {
      method: method.toUpperCase(),
      headers,
      ...(body === undefined ? {} : { body }),
      ...(ask.signal === undefined ? {} : { signal: ask.signal }),
    });
  } catch (error) {
    if (ask.signal?.aborted === true) throw error;
    connection.lost();
    throw unreachable();
  }
  if (response.ok) {
    connection.found();
    return response;
  }
  const problem = await problemOf(response);
  if (problem.status >= 500) connection.lost();
  else connection.found();
  throw problem;
}

export function urlOf(name: RouteName, { params, query }: AnyInput): string {
  const path = ROUTES[name].path.replace(/\{(\w+)\}/g, (_: string, key: string) =>
    encodeURIComponent(String(params?.[key])),
  );
  const search = new URLSearchParams(
    Object.entries(query ?? {})
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([key, value]) => [key, String(value)]),
  ).toString();
  return `/api/v1${path}${search === '' ? '' : `?${search}`}`;
}

export function isProblem(error: unknown, ...codes: readonly string[]): error is ApiProblem {
  return error instanceof ApiProblem && (codes.length === 0 || codes.includes(error.code));
}
