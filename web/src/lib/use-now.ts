import { useEffect, useState } from 'react';

const TICK_MS = 1_000;

/** Epoch ms, anew each second, for what is counted in seconds. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
