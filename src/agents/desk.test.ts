import { describe, expect, it } from 'vitest';
import { TestDesk } from './desk.fixture.ts';
import { dueAt } from './settle.ts';

describe('who is offered a caller', () => {
  it('is the agent who has been idle longest', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.now += 1000;
    desk.arrive('bob');
    desk.calls('c1');
    expect(desk.offer('ann', 'c1')).toBeDefined();
    expect(desk.offer('bob', 'c1')).toBeUndefined();
    desk.calls('c2');
    expect(desk.offer('bob', 'c2')).toBeDefined();
  });

  it('is several at once where the tenant wants it; the first has him', () => {
    const desk = new TestDesk({ offersAtOnce: 2 });
    for (const id of ['ann', 'bob', 'cid']) desk.arrive(id);
    desk.calls('c1');
    expect(desk.state.transfers.c1?.offers).toHaveLength(2);
    desk.accept('bob', 'c1');
    expect(desk.frames('bob', 'connect')).toHaveLength(1);
    expect(desk.frames('ann', 'withdrawn')).toMatchObject([{ reason: 'taken' }]);
    expect(desk.presence('ann')).toBe('available');
    expect(desk.presence('bob')).toBe('busy');
  });

  it('is the next one when somebody declines, and nobody twice', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.arrive('bob');
    desk.calls('c1');
    desk.say('ann', { type: 'decline', offerId: desk.offer('ann', 'c1') ?? '' });
    expect(desk.offer('bob', 'c1')).toBeDefined();
    desk.say('bob', { type: 'decline', offerId: desk.offer('bob', 'c1') ?? '' });
    expect(desk.leavings()).toEqual([{ callId: 'c1', event: 'no-answer', reason: 'not_accepted' }]);
  });

  it('is somebody else when one does not answer, who is away then', () => {
    const desk = new TestDesk({ ringSeconds: 10 });
    desk.arrive('ann');
    desk.arrive('bob');
    desk.calls('c1');
    desk.wait(10_000);
    expect(desk.presence('ann')).toBe('away');
    expect(desk.frames('ann', 'withdrawn')).toMatchObject([{ reason: 'expired' }]);
    expect(desk.offer('bob', 'c1')).toBeDefined();
  });

  it('is nobody whose page is gone', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.take({ type: 'lost', agentId: 'ann' });
    desk.calls('c1');
    expect(desk.state.transfers.c1?.offers).toEqual([]);
    desk.take({ type: 'arrived', agentId: 'ann', name: 'ann' });
    expect(desk.offer('ann', 'c1')).toBeDefined();
  });
});

describe('a caller goes on in his script', () => {
  it('at once when nobody is there', () => {
    const desk = new TestDesk();
    desk.arrive('ann', 'away');
    desk.calls('c1');
    expect(desk.leavings()).toEqual([{ callId: 'c1', event: 'no-answer', reason: 'nobody_there' }]);
  });

  it('after his time, as busy when nobody was free', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.calls('c1');
    desk.talk('ann', 'c1');
    desk.calls('c2', { waitMs: 5000 });
    expect(desk.leavings()).toEqual([]);
    expect(dueAt(desk.state)).toBe(desk.now + 5000);
    desk.wait(5000);
    expect(desk.leavings()).toEqual([{ callId: 'c2', event: 'busy', reason: 'all_busy' }]);
  });

  it('at once when nobody is free and the tenant has no queue', () => {
    const desk = new TestDesk({ queueWhenBusy: false });
    desk.arrive('ann');
    desk.calls('c1');
    desk.talk('ann', 'c1');
    desk.calls('c2');
    expect(desk.leavings()).toEqual([{ callId: 'c2', event: 'busy', reason: 'all_busy' }]);
  });

  it('when whom he talked with is gone and the carrier does not say so', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.calls('c1');
    desk.talk('ann', 'c1');
    desk.room('c1', []);
    expect(desk.presence('ann')).toBe('wrap_up');
    desk.wait(3000);
    expect(desk.leavings()).toEqual([{ callId: 'c1', event: 'failed', reason: 'agent_left' }]);
  });
});

describe('an agent', () => {
  it('is busy, wraps up, and is available again', () => {
    const desk = new TestDesk({ wrapUpSeconds: 30 });
    desk.arrive('ann');
    desk.calls('c1');
    desk.talk('ann', 'c1');
    desk.say('ann', { type: 'set', presence: 'available' });
    expect(desk.presence('ann')).toBe('busy');
    desk.leaves('c1');
    expect(desk.state.agents.ann).toMatchObject({ presence: 'wrap_up', callId: 'c1' });
    desk.wait(30_000);
    expect(desk.state.agents.ann).toMatchObject({ presence: 'available', callId: null });
  });

  it('who accepted and does not come is away, and somebody else is asked', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.arrive('bob');
    desk.calls('c1');
    desk.accept('ann', 'c1');
    desk.wait(20_000);
    expect(desk.presence('ann')).toBe('away');
    expect(desk.offer('bob', 'c1')).toBeDefined();
  });

  it('whose page dies on the way to the room loses the caller after a grace', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.arrive('bob');
    desk.calls('c1');
    desk.accept('ann', 'c1');
    desk.enter('c1');
    desk.wait(60_000);
    expect(desk.state.transfers.c1?.taker?.agentId).toBe('ann');
    desk.take({ type: 'lost', agentId: 'ann' });
    desk.wait(10_000);
    expect(desk.offer('bob', 'c1')).toBeDefined();
  });

  it('keeps his caller when his page is lost in the middle of the talk, and is away after it', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.calls('c1');
    desk.talk('ann', 'c1');
    desk.take({ type: 'lost', agentId: 'ann' });
    desk.wait(60_000);
    expect(desk.state.transfers.c1?.taker?.isIn).toBe(true);
    expect(dueAt(desk.state)).toBeNull();
    desk.leaves('c1');
    expect(desk.presence('ann')).toBe('away');
  });

  it('who accepts what is gone hears that it is', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.calls('c1');
    const offerId = desk.offer('ann', 'c1') ?? '';
    desk.leaves('c1');
    expect(desk.frames('ann', 'withdrawn')).toMatchObject([{ reason: 'caller_left' }]);
    desk.say('ann', { type: 'accept', offerId });
    expect(desk.presence('ann')).toBe('available');
    expect(desk.frames('ann', 'connect')).toEqual([]);
  });
});

describe('a second transfer', () => {
  const atTalk = () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.calls('c1');
    desk.talk('ann', 'c1');
    desk.arrive('bob');
    return desk;
  };
  const handOn = { type: 'handed_on', agentId: 'ann', callId: 'c1' } as const;

  it('is offered to others, and takes the caller off hold when one has come', () => {
    const desk = atTalk();
    desk.take({ ...handOn, wanted: null, outside: null });
    expect(desk.offer('bob', 'c1')).toBeDefined();
    desk.accept('bob', 'c1');
    desk.enter('c1', 'CA-bob');
    desk.room('c1', ['agent.ann', 'agent.bob']);
    expect(desk.orders).toContainEqual({ type: 'resume', callId: 'c1', host: null });
    expect(desk.frames('ann', 'agent').at(-1)).toMatchObject({ talk: { isHandedOn: true } });
    desk.room('c1', ['agent.bob']);
    expect(desk.presence('ann')).toBe('wrap_up');
    expect(desk.frames('ann', 'agent').at(-1)).toMatchObject({ talk: null });
    expect(desk.state.transfers.c1?.taker?.agentId).toBe('bob');
  });

  it('gives the caller back to who is still there when nobody takes him', () => {
    const desk = atTalk();
    desk.take({ ...handOn, wanted: 'bob', outside: null });
    desk.say('bob', { type: 'decline', offerId: desk.offer('bob', 'c1') ?? '' });
    expect(desk.orders).toContainEqual({ type: 'resume', callId: 'c1', host: 'CA-c1' });
    expect(desk.state.transfers.c1).toMatchObject({ isHeld: false, handedBy: null });
    expect(desk.leavings()).toEqual([]);
  });

  it('sends him back to the script when the agent is gone too', () => {
    const desk = atTalk();
    desk.take({ ...handOn, wanted: 'bob', outside: null });
    desk.room('c1', []);
    desk.say('bob', { type: 'decline', offerId: desk.offer('bob', 'c1') ?? '' });
    expect(desk.leavings()).toEqual([{ callId: 'c1', event: 'no-answer', reason: 'not_accepted' }]);
  });

  it('to a number asks no agent; one that is not reached gives the caller back', () => {
    const desk = atTalk();
    desk.take({ ...handOn, wanted: null, outside: 'number.1' });
    expect(desk.offer('bob', 'c1')).toBeUndefined();
    desk.room('c1', ['agent.ann', 'number.1']);
    expect(desk.orders).toContainEqual({ type: 'resume', callId: 'c1', host: null });
    const other = atTalk();
    other.take({ ...handOn, wanted: null, outside: 'number.1' });
    other.wait(45_000);
    expect(other.orders).toContainEqual({ type: 'resume', callId: 'c1', host: 'CA-c1' });
  });
});

describe('a ticket', () => {
  it('is good for one call, whose webhook may come again', () => {
    const desk = new TestDesk();
    desk.arrive('ann');
    desk.calls('c1');
    desk.accept('ann', 'c1');
    expect(desk.enter('c1', 'CA1')).toBe(true);
    expect(desk.enter('c1', 'CA1')).toBe(true);
    expect(desk.enter('c1', 'CA2')).toBe(false);
    expect(desk.enter('c1', '')).toBe(false);
  });
});
