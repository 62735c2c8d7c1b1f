import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { DialJob } from '../src/dialing/claim-due.ts';

export type PacingCarrier = {
  readonly url: string;
  /** When each POST of a call arrived, ms of this process's own clock. */
  readonly arrivals: number[];
  readonly close: () => Promise<void>;
};

/** As long as Twilio takes to answer the creation of a call, about. */
const ANSWER_MS = 100;

/** A carrier that takes every call, and notes with a clock of its own when it was asked to. */
export async function startCarrier(
  putBack: (jobs: readonly DialJob[], delaySeconds: number) => void,
): Promise<PacingCarrier> {
  const arrivals: number[] = [];
  const server = createServer(async (request, response) => {
    const arrivedAt = performance.now();
    const body = await text(request);
    if (request.url === '/later') {
      const { jobs, delaySeconds } = JSON.parse(body);
      putBack(jobs, delaySeconds);
      response.end();
      return;
    }
    arrivals.push(arrivedAt);
    const sid = `CA${arrivals.length.toString(16).padStart(32, '0')}`;
    const form = new URLSearchParams(body);
    const call = { sid, to: form.get('To'), from: form.get('From'), status: 'queued' };
    setTimeout(() => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...call, direction: 'outbound-api', queue_time: '0' }));
    }, ANSWER_MS);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
