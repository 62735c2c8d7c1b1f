import { expect, test } from 'vitest';
import type { CarrierCall, Gathered, LedgerCall } from '../cli/demo/gather.ts';
import type { Person } from '../cli/demo/people.ts';
import { verdictOf } from './verdict.ts';

const PERSON: Person = {
  externalId: 'demo-1',
  number: '+12125550000',
  fields: {},
  persona: null,
  kind: 'presses 1',
};
const CARRIER: CarrierCall = {
  sid: 'CA1',
  to: PERSON.number,
  from: '+12125550199',
  status: 'completed',
  url: 'http://app/voice/t/ten_1/c/call_1/answer',
  createdAt: 1000,
  startedAt: 1200,
  endedAt: 9000,
};
const TYPES = [
  ...['call.queued', 'vars.snapshot', 'tts.generate.start', 'tts.generate.done'],
  ...['pacer.reserved', 'twilio.dial.request', 'twilio.dial.accepted', 'call.finished'],
];

function ledgerCall(more: Partial<LedgerCall> = {}, nodes: readonly string[] = ['goodbye']) {
  const event = (type: string, detail: object, n: number) => ({
    ...{ n, at: 1000 + n, source: 'ledger', type, detail },
  });
  return {
    ...{ id: 'call_1', contactId: 'con_1', twilioSid: 'CA1', status: 'completed' },
    ...{ toNumber: PERSON.number, outcome: 'confirmed', answeredAt: 2000 },
    events: [
      ...TYPES.map((type, n) => event(type, {}, n)),
      ...nodes.map((node, n) => event('flow.enter', { node }, TYPES.length + n)),
    ],
    ...more,
  } as unknown as LedgerCall;
}

function gathered(more: Partial<Gathered> = {}): Gathered {
  const ledger = more.ledger ?? [ledgerCall()];
  return {
    progress: {
      ...{ isRunning: false, isPrimed: true, pausedReason: null, clips: 1 },
      ...{ contacts: { done: 1 }, calls: {}, outcomes: {} },
    },
    tenants: [],
    ledger,
    carrier: [CARRIER],
    carrierLog: [{ id: 1, kind: 'fault', callSid: null }],
    summary: {
      ...{ maxCreatesInAnySecond: 1, maxStartsInAnySecond: 1, errorCount: 0, errors: [] },
      turnWebhookMs: { p50: 1, p99: 1 },
      audioFetchMs: { p50: 1, p99: 1 },
      deadAirMs: { p50: 1, p99: 1 },
    },
    google: { answers: {}, characters: 0 },
    ...more,
  };
}

const judge = (more: Partial<Gathered> = {}) =>
  verdictOf(gathered(more), [PERSON], { scripted: true, struck: true });

test('a run in which both sides agree passes', () => {
  expect(judge()).toEqual({
    figures: {
      ...{ calls: 1, duplicateDials: 0, lostContacts: 0, lostEvents: 0, wrongStates: 0 },
      ...{ scripted: 1, talked: 1, struck: 1 },
    },
    problems: [],
  });
});

const second: CarrierCall = { ...CARRIER, sid: 'CA2', createdAt: 20_000, endedAt: 21_000 };
const delivered = { id: 2, kind: 'callback', callSid: 'CA1', status: 204, sequence: 3 };
const apology = { id: 3, kind: 'webhook', callSid: 'CA1', url: 'http://app/c/call_1/fallback' };
const strike = { id: 1, kind: 'fault', callSid: null };

test.each<{ name: string; more: Partial<Gathered>; problem: RegExp }>([
  {
    name: 'an attempt dialled twice',
    more: { carrier: [CARRIER, second] },
    problem: /duplicateDials is 1/,
  },
  { name: 'a call the ledger lacks', more: { carrier: [CARRIER, second] }, problem: /CA2 .* not/ },
  {
    name: 'a contact nobody came back to',
    more: { progress: { ...gathered().progress, contacts: { active: 1 } } },
    problem: /lostContacts is 1/,
  },
  {
    name: 'a callback that is in no event',
    more: { carrierLog: [strike, delivered] },
    problem: /lostEvents is 1/,
  },
  {
    name: 'another final state',
    more: { carrier: [{ ...CARRIER, status: 'busy' }] },
    problem: /busy at the carrier and completed/,
  },
  {
    name: 'another end than the script has',
    more: { ledger: [ledgerCall({}, ['start'])] },
    problem: /ended in \[start\] as confirmed/,
  },
  {
    name: 'another outcome than the script has',
    more: { ledger: [ledgerCall({ outcome: 'no_response' })] },
    problem: /ended in \[goodbye\] as no_response/,
  },
  {
    name: 'the apology of an app that did not answer',
    more: { carrierLog: [strike, apology] },
    problem: /heard the apology/,
  },
  { name: 'faults that never struck', more: { carrierLog: [] }, problem: /nothing was tried/ },
  { name: 'nobody called', more: { carrier: [], ledger: [] }, problem: /nobody was called/ },
])('$name fails the drill', ({ more, problem }) => {
  expect(judge(more).problems.join('\n')).toMatch(problem);
});
