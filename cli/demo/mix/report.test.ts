import { expect, test } from 'vitest';
import type { CarrierCallRow } from '../../local/simulator-client.ts';
import { type MixCall, type MixGathered, mixFaults, mixReport } from './report.ts';

const carrierCall = (sid: string, rest: Partial<CarrierCallRow> = {}): CarrierCallRow => ({
  ...{ sid, direction: 'inbound', to: '+1', from: '+2', status: 'completed', url: '' },
  ...{ createdAt: 0, startedAt: 0, endedAt: 10, durationSeconds: 1 },
  ...rest,
});
const ledgerCall = (twilioSid: string, rest: Partial<MixCall> = {}): MixCall => ({
  ...{ id: twilioSid, tenantId: 'ten_1', twilioSid, status: 'completed', ownNumber: '+1' },
  ...{ peer: '+2', direction: 'inbound', endedAt: 10, events: [] },
  ...rest,
});
const GOOD: MixGathered = {
  numbersOf: new Map([['ten_1', new Set(['+1'])]]),
  carrier: [carrierCall('CA1')],
  ledger: [ledgerCall('CA1')],
  messages: { carrier: 2, ledger: 2 },
  recordings: { carrier: 1, stored: 1 },
  waiting: 0,
};
const faultsOf = (changed: Partial<MixGathered>) => mixFaults(mixReport({ ...GOOD, ...changed }));

test('two sides that tell the same have no fault', () => {
  expect(faultsOf({})).toEqual([]);
});

test.each([
  ['a call that the ledger lacks', { ledger: [] }, /calls: 1 and 0/],
  ['another end', { ledger: [ledgerCall('CA1', { status: 'busy' })] }, /lost is 1/],
  ['a call in two rows', { ledger: [ledgerCall('CA1'), ledgerCall('CA1')] }, /doubled is 1/],
  ["a number of another tenant's", { ledger: [ledgerCall('CA1', { ownNumber: '+9' })] }, /crossed/],
  ['a call that never ends', { ledger: [ledgerCall('CA1', { endedAt: null })] }, /stranded is 1/],
  ['somebody who was left waiting', { waiting: 1 }, /stranded is 1/],
  ['a lost text', { messages: { carrier: 2, ledger: 1 } }, /messages: 2 and 1/],
  ['a recording that was not copied', { recordings: { carrier: 1, stored: 0 } }, /recordings/],
] as const)('%s is told', (_, changed, fault) => {
  expect(faultsOf(changed).join('; ')).toMatch(fault);
});

test('two calls out to one number at the same time are one too many', () => {
  const out = { direction: 'outbound-api', to: '+3', from: '+1' } as const;
  const carrier = [
    carrierCall('CA1', { ...out, createdAt: 0, endedAt: 10 }),
    carrierCall('CA2', { ...out, createdAt: 5, endedAt: 20 }),
  ];
  const ledger = carrier.map(({ sid }) => ledgerCall(sid));
  expect(faultsOf({ carrier, ledger })).toEqual(['doubled is 1']);
});
