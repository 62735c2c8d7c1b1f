import type { Hono } from 'hono';
import type * as z from 'zod';
import type { Routes } from '../../contract/api.ts';
import type { RouteSpec } from '../../contract/route.ts';

type HonoPath<P extends string> = P extends `${infer Start}/{${infer Name}}${infer Rest}`
  ? `${Start}/:${Name}${HonoPath<Rest>}`
  : P;

type Part<Key extends string, Shape> = Shape extends z.ZodType
  ? { readonly [K in Key]: z.input<Shape> }
  : unknown;

/** Path and query travel as text. */
type TextPart<Key extends string, Shape> = Shape extends z.ZodType
  ? { readonly [K in Key]: { readonly [F in keyof z.input<Shape>]: string } }
  : unknown;

type OptionalTextPart<Key extends string, Shape> = Shape extends z.ZodType
  ? { readonly [K in Key]: { readonly [F in keyof z.input<Shape>]?: string } }
  : unknown;

type Endpoint<R extends RouteSpec> = {
  readonly [M in R['method'] as `$${M}`]: {
    readonly input: TextPart<'param', R['params']> &
      OptionalTextPart<'query', R['query']> &
      Part<'json', R['body']>;
    readonly output: R['returns'] extends z.ZodType ? z.output<R['returns']> : null;
    readonly outputFormat: 'json';
    readonly status: R['status'];
  };
};

type AsIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (
  value: infer I,
) => void
  ? I
  : never;

type Schema = AsIntersection<
  {
    [K in keyof Routes]: {
      readonly [P in Routes[K]['path'] as `/api/v1${HonoPath<P>}`]: Endpoint<Routes[K]>;
    };
  }[keyof Routes]
>;

/** For `hc<ApiApp>(origin)` of hono/client: every path, body and answer, from the contract. */
export type ApiApp = Hono<Record<never, never>, Schema & Record<never, never>, '/'>;
