/**
 * What a browser may do with an answer of a Worker: nothing but show or play it, over https. The
 * page itself, which is served beside the Workers, has its own in web/public/_headers.
 */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** A WebSocket is passed on untouched: nothing of it is shown. */
export async function withSecurityHeaders(answer: Response | Promise<Response>): Promise<Response> {
  const response = await answer;
  if (response.status === 101) return response;
  // What came from a cache or another Worker cannot be changed, but copied.
  const own = new Response(response.body, response);
  for (const [name, value] of Object.entries(HEADERS)) own.headers.set(name, value);
  return own;
}
