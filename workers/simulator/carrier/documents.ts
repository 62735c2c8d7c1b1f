import { type Document, type Method, TwimlError } from '../twiml/ast.ts';
import { parseTwiml } from '../twiml/parse.ts';
import type { CallPorts } from './call.ts';
import { callParams } from './params.ts';
import type { CallSpec, CallStatus } from './types.ts';
import { sendWebhook } from './webhook.ts';

const FETCH_FAILURE = 11200;
const BODY_TOO_LARGE = 11750;
const BAD_CONTENT_TYPE = 12300;
const MAX_DOCUMENT_BYTES = 64 * 1024;
const XML_TYPE = /^(text|application)\/xml$/;

type Request = {
  readonly url: string;
  readonly method: Method;
  readonly params: Readonly<Record<string, string>>;
  readonly status: CallStatus;
};
type Fetched = { readonly document: Document; readonly base: string };

/** Gets the next document; when that fails, from the fallback address, which learns why. */
export async function fetchDocument(
  request: Request,
  spec: CallSpec,
  ports: CallPorts,
): Promise<Fetched> {
  try {
    return await fetchOnce(request, spec, ports);
  } catch (cause) {
    if (!(cause instanceof TwimlError) || spec.fallbackUrl === undefined) throw cause;
    ports.record('error', { code: cause.code, message: cause.message, url: request.url });
    const params = { ErrorCode: String(cause.code), ErrorUrl: request.url };
    const { fallbackUrl: url, fallbackMethod: method } = spec;
    return fetchOnce({ ...request, url, method, params }, spec, ports);
  }
}

async function fetchOnce(request: Request, spec: CallSpec, ports: CallPorts): Promise<Fetched> {
  const at = ports.clock.now();
  const sent = await sendWebhook(
    {
      url: request.url,
      method: request.method,
      params: { ...callParams(spec, request.status), ...request.params },
      authToken: spec.authToken,
      idempotencyToken: ports.newToken(),
    },
    ports.http,
    ports.clock.now,
  );
  const { reply, failure } = sent;
  const detail = {
    url: sent.url,
    input: request.params,
    status: reply?.status ?? 0,
    bytes: reply?.body.byteLength ?? 0,
    ms: sent.ms,
    tries: sent.tries,
    ...(failure === undefined ? {} : { failure }),
  };
  ports.record('webhook', detail, at);
  if (reply === undefined || failure !== undefined) {
    throw new TwimlError(FETCH_FAILURE, `${sent.url}: ${failure ?? 'no answer'}`);
  }
  if (reply.body.byteLength > MAX_DOCUMENT_BYTES) {
    throw new TwimlError(BODY_TOO_LARGE, `${sent.url}: more than ${MAX_DOCUMENT_BYTES} bytes`);
  }
  const type = (reply.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!XML_TYPE.test(type)) {
    throw new TwimlError(BAD_CONTENT_TYPE, `${sent.url}: content type "${type}" is not XML`);
  }
  return { document: parseTwiml(new TextDecoder().decode(reply.body)), base: sent.url };
}
