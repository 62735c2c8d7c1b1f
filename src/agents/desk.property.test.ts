import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentLabel } from '../calls/agent-room.ts';
import { TestDesk } from './desk.fixture.ts';
import type { Transfer } from './desk-state.ts';

const AGENTS = ['ann', 'bob', 'cid'];
const CALLS = ['c1', 'c2', 'c3', 'c4'];

type Move =
  | { readonly move: 'arrive' | 'away' | 'lost' | 'wrapped'; readonly agent: string }
  | { readonly move: 'call' | 'leave' | 'left' | 'dropped'; readonly call: string }
  | {
      readonly move: 'accept' | 'decline' | 'hand_on';
      readonly agent: string;
      readonly call: string;
    }
  | { readonly move: 'join'; readonly call: string }
  | { readonly move: 'wait'; readonly seconds: number };

const agent = fc.constantFrom(...AGENTS);
const call = fc.constantFrom(...CALLS);
const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ move: fc.constantFrom('arrive', 'away', 'lost', 'wrapped'), agent }),
  fc.record({ move: fc.constantFrom('call', 'call', 'leave', 'left', 'dropped', 'join'), call }),
  fc.record({ move: fc.constantFrom('accept', 'accept', 'decline', 'hand_on'), agent, call }),
  fc.record({ move: fc.constant('wait'), seconds: fc.integer({ min: 1, max: 40 }) }),
) as fc.Arbitrary<Move>;

function play(desk: TestDesk, one: Move): void {
  switch (one.move) {
    case 'arrive':
      return void desk.arrive(one.agent);
    case 'away':
      return void desk.say(one.agent, { type: 'set', presence: 'away' });
    case 'lost':
      return void desk.take({ type: 'lost', agentId: one.agent });
    case 'wrapped':
      return void desk.say(one.agent, { type: 'wrapped' });
    case 'call':
      return void (desk.state.transfers[one.call] === undefined && desk.calls(one.call));
    case 'leave':
      return void desk.leaves(one.call);
    case 'left':
      return void desk.room(one.call, []);
    case 'dropped': {
      const taker = desk.state.transfers[one.call]?.taker;
      if (taker != null) desk.say(taker.agentId, { type: 'dropped', callId: one.call });
      return;
    }
    case 'join': {
      const { taker, handedBy } = desk.state.transfers[one.call] ?? {};
      if (taker == null || !desk.enter(one.call, taker.sid ?? `CA-${taker.agentId}`)) return;
      const before = handedBy?.isIn ? [agentLabel(handedBy.agentId)] : [];
      return void desk.room(one.call, [...before, agentLabel(taker.agentId)]);
    }
    case 'accept':
      return void desk.accept(one.agent, one.call);
    case 'decline': {
      const offerId = desk.offer(one.agent, one.call);
      if (offerId !== undefined) desk.say(one.agent, { type: 'decline', offerId });
      return;
    }
    case 'hand_on': {
      const rest = { callId: one.call, wanted: null, outside: null };
      return void desk.take({ type: 'handed_on', agentId: one.agent, ...rest });
    }
    case 'wait':
      return void desk.wait(one.seconds * 1000);
  }
}

/** Somebody's, on offer, waiting for somebody who is there, or told to go on. */
function isLookedAfter(desk: TestDesk, transfer: Transfer): boolean {
  const { taker, isLeaving, endsAt, offers, tried, until } = transfer;
  if (taker !== null || isLeaving || endsAt !== null || offers.length > 0) return true;
  const there = Object.values(desk.state.agents).filter(({ presence }) => presence !== 'away');
  return until > desk.now && there.some(({ id }) => !tried.includes(id));
}

test.each([1, 3])('whatever happens, with %i offers at once', (offersAtOnce) => {
  fc.assert(
    fc.property(fc.array(moves, { minLength: 20, maxLength: 80, size: 'max' }), (history) => {
      const desk = new TestDesk({ offersAtOnce, ringSeconds: 15, wrapUpSeconds: 10 });
      for (const one of history) {
        play(desk, one);
        const transfers = Object.values(desk.state.transfers);
        const asked = transfers.flatMap(({ offers }) => offers.map(({ agentId }) => agentId));
        const taking = transfers.flatMap(({ taker, handedBy }) =>
          [taker, handedBy?.isIn ? handedBy : null].flatMap((own) => (own ? [own.agentId] : [])),
        );
        // Nobody is asked twice at a time, nobody who talks is asked, nobody talks twice.
        expect(new Set(asked).size).toBe(asked.length);
        expect(new Set([...asked, ...taking]).size).toBe(asked.length + taking.length);
        for (const id of asked) expect(desk.presence(id)).toBe('available');
        for (const id of taking) expect(desk.presence(id)).toBe('busy');
        for (const { id, presence } of Object.values(desk.state.agents)) {
          if (presence === 'busy') expect(taking).toContain(id);
        }
        for (const transfer of transfers) expect(isLookedAfter(desk, transfer)).toBe(true);
      }
      // In the end every caller is with somebody, or was told to go on.
      desk.wait(1_000_000);
      desk.wait(1_000_000);
      for (const { taker, isLeaving, outside } of Object.values(desk.state.transfers)) {
        expect(isLeaving || taker !== null || outside?.isIn === true).toBe(true);
      }
      const told = desk.leavings().map(({ callId }) => callId);
      for (const { callId, isLeaving } of Object.values(desk.state.transfers)) {
        if (isLeaving) expect(told).toContain(callId);
      }
    }),
    { numRuns: 300 },
  );
});
