import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ReceivedMail = {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
};

/** Takes e-mails as Resend's API does, and keeps them. */
export async function openMailbox() {
  const mails: ReceivedMail[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url !== '/emails' || request.headers.authorization !== 'Bearer mail-key') {
        response.writeHead(401).end('{}');
        return;
      }
      mails.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"mail"}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    count: (to: string) => mails.filter((mail) => mail.to.includes(to)).length,
    /** The token of the newest link that was sent to somebody. */
    tokenFor: (to: string): string => {
      const mail = mails.findLast((one) => one.to.includes(to));
      return /token=(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    },
    close: () => new Promise((done) => server.close(done)),
  };
}
