import { useSyncExternalStore } from 'react';
import type { DeskClientState } from '../../../../src/agents/client.ts';

export type Listening = { readonly callId: string; readonly mode: 'listen' | 'coach' };

/** An agent's place at the desk as every page of a tenant sees it; null: this page has none. */
export type Desk = {
  readonly tenant: string;
  readonly state: DeskClientState;
  readonly isMuted: boolean;
  /** Why the last call could not be had. */
  readonly trouble: string | null;
  /** A talk of somebody else that is heard. */
  readonly listening: Listening | null;
  readonly accept: (offerId: string) => void;
  readonly decline: (offerId: string) => void;
  readonly set: (presence: 'available' | 'away') => void;
  readonly wrapped: () => void;
  readonly mute: (isMuted: boolean) => void;
  readonly sendDigits: (digits: string) => void;
  readonly hangUp: () => void;
  /** Hears a talk with a ticket of the desk. */
  readonly listen: (talk: Listening, ticket: string) => Promise<void>;
  readonly close: () => void;
};

const listeners = new Set<() => void>();
let desk: Desk | null = null;

/** What is known of the desk; it goes on while other pages are shown. */
export const deskStore = {
  get: () => desk,
  set: (next: Desk | null) => {
    desk = next;
    for (const listener of listeners) listener();
  },
  change: (part: Partial<Desk>) => {
    if (desk !== null) deskStore.set({ ...desk, ...part });
  },
};

export function useDesk(tenant: string): Desk | null {
  const found = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, deskStore.get);
  return found?.tenant === tenant ? found : null;
}

export function leaveDesk(): void {
  desk?.close();
  deskStore.set(null);
}
