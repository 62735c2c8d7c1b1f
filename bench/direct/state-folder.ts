import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `disk` commits for real; `memory` leaves the disk of a laptop out, which is not what is measured. */
export type StateKind = 'disk' | 'memory';

const MEMORY = '/dev/shm';

/** On the disk where the system has no storage in memory. */
export function stateFolder(kind: StateKind): string {
  const root = kind === 'memory' && existsSync(MEMORY) ? MEMORY : tmpdir();
  return mkdtempSync(join(root, 'destiny-bench-'));
}
