const SENT_BYTES = 20;

/** The same answer on a connection that breaks in the middle of the body. */
export function loseReply(reply: Response): Response {
  const body = reply.body;
  if (body === null) return reply;
  const reader = body.getReader();
  const broken = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value } = await reader.read();
      controller.enqueue((value ?? new Uint8Array(0)).slice(0, SENT_BYTES));
      await reader.cancel();
      controller.error(new Error('Fault: the connection broke'));
    },
  });
  return new Response(broken, { status: reply.status, headers: reply.headers });
}
