import type { Clock } from '../clock.ts';

const SENT_BYTES = 20;
/** Long enough for headers and first bytes to be on their way before the connection breaks. */
const BREAKS_AFTER_MS = 100;

/** The same answer on a connection that breaks in the middle of the body. */
export function loseReply(reply: Response, clock: Clock, sentBytes = SENT_BYTES): Response {
  let isBegun = false;
  const broken = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!isBegun) {
        isBegun = true;
        controller.enqueue(new Uint8Array(await reply.arrayBuffer()).slice(0, sentBytes));
        return;
      }
      await clock.sleep(BREAKS_AFTER_MS);
      controller.error(new Error('Fault: the connection broke'));
    },
  });
  return new Response(broken, { status: reply.status, headers: reply.headers });
}
