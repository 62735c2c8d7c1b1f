import type { Context } from 'hono';
import type * as z from 'zod';
import { DestinyError } from '../shared/errors.ts';

/** The request's JSON body in its declared shape, or `invalid_input` with the fields at fault. */
export async function jsonBody<T extends z.ZodType>(c: Context, shape: T): Promise<z.output<T>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw new DestinyError('invalid_input', 'The body is not JSON; send a JSON object.');
  }
  return parsed(shape, body);
}

export function query<T extends z.ZodType>(c: Context, shape: T): z.output<T> {
  return parsed(shape, c.req.query());
}

function parsed<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  throw new DestinyError('invalid_input', 'Some fields are not as they should be; see errors.', {
    details: fields,
  });
}
