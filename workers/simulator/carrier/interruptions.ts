import type { CallCommand } from './types.ts';

type Detour = Extract<CallCommand, { kind: 'redirect' | 'twiml' }>;

/** The call is over. */
export class HangUp extends Error {
  readonly by: 'callee' | 'application' | 'time-limit';

  constructor(by: 'callee' | 'application' | 'time-limit') {
    super(`Hung up by the ${by}`);
    this.by = by;
  }
}

/** The application gave a live call another document. */
export class Redirected extends Error {
  readonly detour: Detour;

  constructor(detour: Detour) {
    super('Redirected');
    this.detour = detour;
  }
}

/** Commands that arrive while the call waits: they cut the wait short and surface as errors. */
export class Interruptions {
  #abort = new AbortController();
  #pending: CallCommand | undefined;

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  send(command: CallCommand): void {
    // A hang-up is final: a redirect that comes after it must not revive the call.
    if (this.#pending?.kind !== 'hang-up') this.#pending = command;
    this.#abort.abort();
  }

  check(): void {
    const command = this.#pending;
    if (command === undefined) return;
    this.#pending = undefined;
    this.#abort = new AbortController();
    if (command.kind === 'cancel' || command.kind === 'hang-up') throw new HangUp('application');
    throw new Redirected(command);
  }
}
