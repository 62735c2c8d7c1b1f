import { describe, expect, it } from 'vitest';
import type { Conference } from '../twiml/ast.ts';
import { Conferences } from './conferences.ts';
import { ManualClock } from './testing.ts';
import type { RoomView } from './types.ts';

const conference = (rest: Partial<Conference> = {}): Conference => ({
  ...{ name: 'room', muted: false, startsOnEnter: true, endsOnExit: false, label: '' },
  ...{ coach: undefined, waitUrl: undefined, waitMethod: 'POST', callback: undefined },
  ...rest,
});
const CALLER = conference({
  ...{ startsOnEnter: false, endsOnExit: true, label: 'caller', waitUrl: 'https://app.test/wait' },
  callback: {
    url: 'https://app.test/room',
    method: 'POST',
    events: ['start', 'end', 'join', 'leave'],
  },
});
const AGENT = conference({ endsOnExit: true, label: 'agent' });

function open() {
  const told: [string, RoomView['state']][] = [];
  const events: Record<string, string>[] = [];
  let sids = 0;
  const conferences = new Conferences({
    clock: new ManualClock(),
    accountSid: () => 'AC1',
    newSid: () => `CF${++sids}`,
    deliveries: () => ({ post: (_kind, _to, params) => void events.push(params) }),
    tell: (callSid, view) => void told.push([callSid, view.state]),
  });
  const names = () => events.map((one) => one.StatusCallbackEvent);
  return { conferences, told, events, names };
}

describe('a conference', () => {
  it('plays music to who waits, and begins with the first who may begin it', () => {
    const { conferences, told, names, events } = open();
    expect(conferences.join('CA1', CALLER)).toMatchObject({
      state: 'waiting',
      music: { url: 'https://app.test/wait', method: 'POST' },
    });
    expect(conferences.join('CA2', AGENT)).toMatchObject({ state: 'live', music: null });
    expect(told).toEqual([['CA1', 'live']]);
    expect(names()).toEqual(['participant-join', 'participant-join', 'conference-start']);
    expect(events.map(({ SequenceNumber }) => SequenceNumber)).toEqual(['1', '2', '3']);
    expect(events[1]).toMatchObject({ CallSid: 'CA2', ParticipantLabel: 'agent' });
  });

  it('does not begin with one, however much he may', () => {
    const { conferences } = open();
    expect(conferences.join('CA1', AGENT).state).toBe('waiting');
  });

  it('ends for all with who was to end it, and its name is free again', () => {
    const { conferences, told, names } = open();
    conferences.join('CA1', CALLER);
    const { conferenceSid } = conferences.join('CA2', AGENT);
    conferences.leave('CA2', 'room');
    conferences.leave('CA2', 'room');
    expect(told.at(-1)).toEqual(['CA1', 'over']);
    expect(names().slice(3)).toEqual(['participant-leave', 'participant-leave', 'conference-end']);
    const room = conferences.bySid(conferenceSid);
    expect(room?.endedBecause).toBe('participant-with-end-conference-on-exit-left');
    expect(conferences.join('CA3', CALLER).conferenceSid).not.toBe(conferenceSid);
  });

  it('goes on without who may leave; the last one ends it', () => {
    const { conferences, told } = open();
    conferences.join('CA1', conference());
    const { conferenceSid } = conferences.join('CA2', conference());
    conferences.leave('CA2', 'room');
    expect(told).toEqual([['CA1', 'live']]);
    conferences.leave('CA1', 'room');
    expect(conferences.bySid(conferenceSid)).toMatchObject({
      status: 'completed',
      endedBecause: 'last-participant-left',
    });
  });

  it('holds, lets go on, and changes who ends it', () => {
    const { conferences, told } = open();
    conferences.join('CA1', CALLER);
    const room = conferences.bySid(conferences.join('CA2', AGENT).conferenceSid);
    if (room === undefined) throw new Error('There is no room');
    const holdMusic = { url: 'https://app.test/hold', method: 'POST' } as const;
    conferences.change(room, 'CA1', { hold: true, holdMusic });
    conferences.change(room, 'CA1', { hold: false });
    expect(told).toEqual([
      ['CA1', 'live'],
      ['CA1', 'held'],
      ['CA1', 'live'],
    ]);
    conferences.change(room, 'CA2', { endsOnExit: false });
    conferences.leave('CA2', 'room');
    expect(room.status).toBe('in-progress');
  });

  it('lets who is taken out go on with his own document', () => {
    const { conferences, told } = open();
    conferences.join('CA1', CALLER);
    const room = conferences.bySid(conferences.join('CA2', conference()).conferenceSid);
    if (room === undefined) throw new Error('There is no room');
    conferences.remove(room, 'CA2');
    expect(told.at(-1)).toEqual(['CA2', 'over']);
    expect(room.participants.size).toBe(1);
  });
});
