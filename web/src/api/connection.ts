import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let isLost = false;

function set(next: boolean): void {
  if (next === isLost) return;
  isLost = next;
  for (const listener of listeners) listener();
}

/** Whether the API answered the last time that it was asked anything. */
export const connection = { lost: () => set(true), found: () => set(false) };

export function useIsLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isLost,
  );
}
