import type { CallEvent } from '../../../src/db/event-store.ts';
import type { CarrierCallRow } from '../../local/simulator-client.ts';

export type MixCall = {
  readonly id: string;
  readonly tenantId: string;
  readonly twilioSid: string | null;
  readonly status: string;
  readonly ownNumber: string;
  readonly peer: string;
  readonly direction: string;
  readonly endedAt: number | null;
  readonly events: readonly CallEvent[];
};

/** Both sides of everything that happened. */
export type MixGathered = {
  readonly numbersOf: ReadonlyMap<string, ReadonlySet<string>>;
  readonly carrier: readonly CarrierCallRow[];
  readonly ledger: readonly MixCall[];
  readonly messages: { readonly carrier: number; readonly ledger: number };
  readonly recordings: { readonly carrier: number; readonly stored: number };
  /** People of campaigns who were neither reached nor given up. */
  readonly waiting: number;
};

export type MixReport = ReturnType<typeof mixReport>;

export function mixReport(gathered: MixGathered) {
  const { carrier, ledger, messages, recordings, numbersOf } = gathered;
  const bySid = new Map(ledger.map((call) => [call.twilioSid, call]));
  const told = ledger.filter(({ twilioSid }) => twilioSid !== null);
  const events = ledger.flatMap((call) => call.events);
  const count = (...types: string[]) => events.filter(({ type }) => types.includes(type)).length;
  return {
    calls: { carrier: carrier.length, ledger: told.length },
    messages,
    recordings,
    transfers: {
      offered: count('transfer.start'),
      answered: count('transfer.answered'),
      returned: count('transfer.ended', 'transfer.failed'),
    },
    lost: carrier.filter(({ sid, status }) => bySid.get(sid)?.status !== status).length,
    doubled: told.length - new Set(told.map(({ twilioSid }) => twilioSid)).size + overlaps(carrier),
    crossedTenants: ledger.filter(
      ({ tenantId, ownNumber }) => numbersOf.get(tenantId)?.has(ownNumber) !== true,
    ).length,
    stranded:
      gathered.waiting +
      ledger.filter(({ endedAt }) => endedAt === null).length +
      carrier.filter(({ endedAt }) => endedAt === null).length,
    fallbacks: count('tts.fallback', 'call.fallback'),
  };
}

/** What does not agree, in words; empty when all is well. */
export function mixFaults(report: MixReport): string[] {
  const { calls, messages, recordings, transfers } = report;
  const pairs: [string, number, number][] = [
    ['calls', calls.carrier, calls.ledger],
    ['messages', messages.carrier, messages.ledger],
    ['recordings', recordings.carrier, recordings.stored],
    ['transfers that came back', transfers.offered, transfers.returned],
  ];
  const zeros = ['lost', 'doubled', 'crossedTenants', 'stranded', 'fallbacks'] as const;
  return [
    ...pairs.flatMap(([name, one, other]) =>
      one === other ? [] : [`${name}: ${one} and ${other}`],
    ),
    ...zeros.flatMap((name) => (report[name] === 0 ? [] : [`${name} is ${report[name]}`])),
  ];
}

/** Calls out to one number that ran at the same time. */
function overlaps(carrier: readonly CarrierCallRow[]): number {
  const out = carrier.filter(({ direction }) => direction === 'outbound-api');
  return [...Map.groupBy(out, ({ to }) => to).values()].reduce((sum, calls) => {
    const ordered = calls.toSorted((a, b) => a.createdAt - b.createdAt);
    return (
      sum + ordered.filter((call, i) => (ordered[i - 1]?.endedAt ?? 0) > call.createdAt).length
    );
  }, 0);
}
