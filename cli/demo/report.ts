import type { CarrierCall, Gathered, LedgerCall } from './gather.ts';
import { sharesOf } from './tenants.ts';

export type DemoReport = ReturnType<typeof reportOf>;

/** The figures of a demonstration, each from the side that can know it. */
export function reportOf(gathered: Gathered, input: { contacts: number; cps: number }) {
  const { ledger, carrier, progress, summary, google } = gathered;
  const { pending = 0, due = 0, active = 0 } = progress.contacts;
  const requests = Object.values(google.answers).reduce((sum, n) => sum + n, 0);
  return {
    contacts: input.contacts,
    attempts: ledger.length,
    callsAtCarrier: carrier.length,
    callsInLedger: ledger.filter((call) => call.twilioSid !== null).length,
    answered: ledger.filter((call) => call.answeredAt !== null).length,
    outcomes: progress.outcomes,
    byStatus: progress.calls,
    retries: ledger.length - new Set(ledger.map((call) => call.contactId)).size,
    duplicateDials: duplicateDials(carrier),
    lostContacts: pending + due + active,
    eventsLost: eventsLost(gathered),
    maxStartsInAnySecond: Math.max(summary.maxCreatesInAnySecond, summary.maxStartsInAnySecond),
    achievedRate: achievedRate(ledger),
    tenants: sharesOf(
      gathered.tenants.map(({ demo: { tenantId: id, contacts }, calls }) => ({
        id,
        contacts,
        ...dialsOf(calls),
      })),
    ),
    distinctSentences: progress.clips,
    ttsRequests: requests,
    ttsCharacters: google.characters,
    ttsCharactersNaive: sumOf(ledger, 'tts.generate.start', 'characters'),
    ttsCacheHits: sumOf(ledger, 'tts.generate.done', 'cached'),
    fallbacks: sumOf(ledger, 'tts.fallback', 'sentences'),
    turnMs: { p50: summary.turnWebhookMs.p50, p99: summary.turnWebhookMs.p99 },
    audioMs: { p50: summary.audioFetchMs.p50, p99: summary.audioFetchMs.p99 },
    deadAirMs: { p50: summary.deadAirMs.p50, p99: summary.deadAirMs.p99 },
    carrierErrors: summary.errorCount,
  };
}

/** So much of its part a tenant may have more or less. */
const UNFAIR = 0.1;

/** What the two sides disagree about; empty when every call at the carrier is in the ledger. */
export function disagreements(gathered: Gathered, report: DemoReport, isKilled: boolean): string[] {
  const found = wrongCalls(gathered);
  const zeros = ['duplicateDials', 'lostContacts', 'eventsLost', 'fallbacks'] as const;
  for (const name of zeros) if (report[name] > 0) found.push(`${name} is ${report[name]}`);
  const fair = 1 / report.tenants.length;
  for (const { id, share } of report.tenants) {
    if (!isKilled && Math.abs(share - fair) > fair * UNFAIR) {
      found.push(`${id} has ${share} of the starts, not ${fair.toFixed(3)}`);
    }
  }
  // A dead app does not answer its webhooks; the carrier notes each.
  if (report.carrierErrors > 0 && !isKilled) found.push(`carrierErrors is ${report.carrierErrors}`);
  if (report.callsAtCarrier !== report.callsInLedger) {
    found.push(
      `${report.callsAtCarrier} calls at the carrier, ${report.callsInLedger} in the ledger`,
    );
  }
  return found;
}

/** Calls of the carrier that the ledger does not have, or has in another final state. */
export function wrongCalls({ ledger, carrier }: Pick<Gathered, 'ledger' | 'carrier'>): string[] {
  const bySid = new Map(ledger.map((call) => [call.twilioSid, call]));
  return carrier.flatMap((call) => {
    const own = bySid.get(call.sid);
    if (own === undefined) return [`${call.sid} to ${call.to} is not in the ledger`];
    if (own.status !== call.status) {
      return [`${call.sid} is ${call.status} at the carrier and ${own.status} in the ledger`];
    }
    return [];
  });
}

/** The attempt's id stands in the URL of each call, so two calls of one attempt show. */
function duplicateDials(carrier: readonly CarrierCall[]): number {
  const ofAttempt = Map.groupBy(carrier, (call) => /\/c\/([^/]+)\//.exec(call.url ?? '')?.[1]);
  const repeated = [...ofAttempt.values()].reduce((sum, calls) => sum + calls.length - 1, 0);
  const ofNumber = Map.groupBy(carrier, (call) => call.to);
  const overlapping = [...ofNumber.values()].reduce((sum, calls) => sum + overlaps(calls), 0);
  return Math.max(repeated, overlapping);
}

function overlaps(calls: readonly CarrierCall[]): number {
  const ordered = calls.toSorted((a, b) => a.createdAt - b.createdAt);
  return ordered.filter((call, i) => {
    const before = ordered[i - 1];
    return before !== undefined && (before.endedAt ?? Number.POSITIVE_INFINITY) > call.createdAt;
  }).length;
}

/** Callbacks that were accepted and steps that must be there, but stand in no event. */
function eventsLost({ ledger, carrierLog }: Gathered): number {
  const bySid = new Map(ledger.map((call) => [call.twilioSid, call]));
  const delivered = carrierLog.filter(
    (entry) => entry.kind === 'callback' && (entry.status ?? 0) < 300 && (entry.status ?? 0) > 0,
  );
  const unseen = delivered.filter((entry) => {
    const events = bySid.get(entry.callSid)?.events ?? [];
    return !events.some(
      ({ type, detail }) => type === 'twilio.status' && detail.sequence === entry.sequence,
    );
  });
  return unseen.length + ledger.reduce((sum, call) => sum + missingSteps(call), 0);
}

const PREPARED = ['call.queued', 'vars.snapshot', 'tts.generate.start', 'tts.generate.done'];
const DIALLED = ['pacer.reserved', 'twilio.dial.request'];
const FINISHED = 'call.finished';

function missingSteps(call: LedgerCall): number {
  const types = new Set(call.events.map((event) => event.type));
  const numbers = call.events.filter((event) => event.source === 'session').map(({ n }) => n);
  const gaps = numbers.length === 0 ? 0 : Math.max(...numbers) + 1 - numbers.length;
  // A reply that was lost leaves `unknown`; what became of it stands in the statuses.
  const isAnswered = types.has('twilio.dial.accepted') || types.has('twilio.dial.unknown');
  // Whom the gate held back was never dialled: nothing of it is to be found.
  const isHeldBack = call.status === 'canceled' && call.twilioSid === null;
  const steps = [...PREPARED, ...(isHeldBack ? [] : DIALLED), FINISHED];
  const missing = steps.filter((type) => !types.has(type)).length;
  return missing + gaps + (isAnswered || isHeldBack ? 0 : 1);
}

/** The last of them wait for refused dials and share the pace with the first retries. */
const WITHOUT_STRAGGLERS = 0.95;

/** Starts a second while there was always somebody to call: until nearly all had their first dial. */
function achievedRate(ledger: readonly LedgerCall[]): number {
  const { firsts, all } = dialsOf(ledger);
  const begin = firsts[0] ?? 0;
  const end = firsts[Math.ceil(firsts.length * WITHOUT_STRAGGLERS) - 1] ?? 0;
  if (end <= begin) return 0;
  const started = all.filter((at) => at <= end).length;
  return Math.round(((started - 1) / ((end - begin) / 1000)) * 1000) / 1000;
}

/** When calls were dialled, and which of these were first tries; both ascend. */
function dialsOf(calls: readonly LedgerCall[]): { firsts: number[]; all: number[] } {
  const dials = calls.flatMap(({ events }) => {
    const dialled = events.find(({ type }) => type === 'twilio.dial.request');
    if (dialled === undefined) return [];
    const queued = events.find(({ type }) => type === 'call.queued');
    return [{ at: dialled.at, isFirst: queued?.detail.attempt === 1 }];
  });
  dials.sort((a, b) => a.at - b.at);
  return {
    firsts: dials.filter(({ isFirst }) => isFirst).map(({ at }) => at),
    all: dials.map(({ at }) => at),
  };
}

function sumOf(ledger: readonly LedgerCall[], type: string, field: string): number {
  return ledger
    .flatMap((call) => call.events)
    .filter((event) => event.type === type)
    .reduce((sum, event) => sum + Number(event.detail[field] ?? 0), 0);
}
