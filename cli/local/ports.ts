import { createServer } from 'node:net';

/** Ports that nobody listens on now; held open together so that all differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

function listen(): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The port is not known');
  return address.port;
}
