import type { HonoRequest } from 'hono';

/** Not `text()`: workerd warns about it for forms. */
export async function readForm(request: HonoRequest): Promise<URLSearchParams> {
  return new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()));
}
