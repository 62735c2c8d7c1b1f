import type { CallCommand, RoomView } from './types.ts';

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

/** The room that the call sits in has changed. */
export class RoomNews extends Error {
  readonly view: RoomView;

  constructor(view: RoomView) {
    super(`The room is ${view.state}`);
    this.view = view;
  }
}

/** Commands that arrive while the call waits: they cut the wait short and surface as errors. */
export class Interruptions {
  #abort = new AbortController();
  #pending: CallCommand | undefined;
  /** Only then is there a room to hear of. */
  isInRoom = false;

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  send(command: CallCommand): void {
    if (command.kind === 'room' && (!this.isInRoom || isOrder(this.#pending))) return;
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
    if (command.kind === 'room') throw new RoomNews(command.view);
    throw new Redirected(command);
  }
}

function isOrder(command: CallCommand | undefined): boolean {
  return command !== undefined && command.kind !== 'room';
}
