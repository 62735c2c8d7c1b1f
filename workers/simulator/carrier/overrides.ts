/**
 * Connection overrides: settings that an application puts in the fragment of a webhook URL.
 * Out of range or unreadable values leave the carrier's default in place.
 */
export type FailureKind = 'ct' | 'rt' | '4xx' | '5xx';
export type WebhookPolicy = {
  readonly url: string;
  readonly connectMs: number;
  readonly readMs: number;
  readonly totalMs: number;
  readonly retries: number;
  readonly retryOn: ReadonlySet<FailureKind>;
};

const VOICE_CEILING_MS = 15_000;
const EVERY_FAILURE: readonly FailureKind[] = ['ct', 'rt', '4xx', '5xx'];

export function readPolicy(address: string): WebhookPolicy {
  const hash = address.indexOf('#');
  const url = hash < 0 ? address : address.slice(0, hash);
  const settings = new URLSearchParams(hash < 0 ? '' : address.slice(hash + 1));
  const number = (name: string, fallback: number, low: number, high: number) => {
    const raw = settings.get(name);
    if (raw === null || !/^\d+$/.test(raw)) return fallback;
    const value = Number(raw);
    return value >= low && value <= high ? value : fallback;
  };
  return {
    url,
    connectMs: number('ct', 5000, 100, 10_000),
    readMs: number('rt', VOICE_CEILING_MS, 100, VOICE_CEILING_MS),
    totalMs: number('tt', VOICE_CEILING_MS, 100, VOICE_CEILING_MS),
    retries: number('rc', 1, 0, 5),
    retryOn: readRetryOn(settings.get('rp')),
  };
}

function readRetryOn(raw: string | null): ReadonlySet<FailureKind> {
  const named = (raw ?? '').split(',').map((part) => part.trim());
  if (named.includes('all')) return new Set(EVERY_FAILURE);
  const known = EVERY_FAILURE.filter((kind) => named.includes(kind));
  return new Set(known.length > 0 ? known : ['ct']);
}
