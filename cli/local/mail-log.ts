import { existsSync, readFileSync } from 'node:fs';

/** The token of the newest link that was mailed to somebody: on a laptop mail goes into the log. */
export function mailedToken(logFile: string, email: string): string | null {
  if (!existsSync(logFile)) return null;
  const line = readFileSync(logFile, 'utf8')
    .split('\n')
    .findLast((text) => text.includes('e-mail (not sent') && text.includes(email));
  return /token=([\w-]+)/.exec(line ?? '')?.[1] ?? null;
}
