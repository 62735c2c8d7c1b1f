/** The API Worker, which has no address of its own here. */
type Env = { readonly API: { readonly fetch: (request: Request) => Promise<Response> } };

/** Page and API have one origin: cookies stay first-party, and a WebSocket passes as it is. */
export function onRequest({
  request,
  env,
}: {
  readonly request: Request;
  readonly env: Env;
}): Promise<Response> {
  return env.API.fetch(request);
}
