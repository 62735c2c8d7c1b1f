import type { Clock } from '../clock.ts';
import type { Conference, Method } from '../twiml/ast.ts';
import type { Deliveries } from './callbacks.ts';
import { rfc2822 } from './params.ts';
import type { RoomView } from './types.ts';

export type Participant = {
  readonly callSid: string;
  readonly label: string;
  readonly muted: boolean;
  readonly hold: boolean;
  readonly holdMusic: Music;
  readonly coach: string | undefined;
  readonly startsOnEnter: boolean;
  readonly endsOnExit: boolean;
  readonly waitMusic: Music;
  readonly joinedAt: number;
};
type Music = RoomView['music'];
export type ParticipantChange = {
  readonly muted?: boolean;
  readonly hold?: boolean;
  readonly holdMusic?: Music;
  readonly endsOnExit?: boolean;
  readonly coach?: string | undefined;
};
export type Room = {
  readonly sid: string;
  readonly name: string;
  readonly createdAt: number;
  status: 'init' | 'in-progress' | 'completed';
  endedBecause: string | null;
  readonly participants: Map<string, Participant>;
  readonly callback: Conference['callback'];
  sequence: number;
};
export type ConferencePorts = {
  readonly clock: Clock;
  readonly accountSid: () => string;
  readonly newSid: () => string;
  readonly deliveries: () => Pick<Deliveries, 'post'>;
  /** Tells a call what its room is now. */
  readonly tell: (callSid: string, view: RoomView) => void;
};

/** The rooms of one account. Their names are free for a new room as soon as they have ended. */
export class Conferences {
  readonly #ports: ConferencePorts;
  readonly #rooms: Room[] = [];

  constructor(ports: ConferencePorts) {
    this.#ports = ports;
  }

  list(): readonly Room[] {
    return this.#rooms;
  }

  bySid(sid: string): Room | undefined {
    return this.#rooms.find((room) => room.sid === sid);
  }

  /** The callback of a room is that of whom opened it; the others' are ignored, as Twilio does. */
  join(callSid: string, conference: Conference): RoomView {
    const room = this.#open(conference.name) ?? this.#newRoom(conference);
    room.participants.set(callSid, {
      ...{ callSid, label: conference.label, muted: conference.muted, coach: conference.coach },
      ...{ hold: false, holdMusic: null, joinedAt: this.#ports.clock.now() },
      ...{ startsOnEnter: conference.startsOnEnter, endsOnExit: conference.endsOnExit },
      waitMusic: musicOf(conference.waitUrl, conference.waitMethod),
    });
    this.#notify(room, 'join', 'participant-join', callSid);
    const isStarting =
      room.status === 'init' &&
      room.participants.size >= 2 &&
      [...room.participants.values()].some(({ startsOnEnter }) => startsOnEnter);
    if (isStarting) {
      room.status = 'in-progress';
      this.#notify(room, 'start', 'conference-start', callSid);
      this.#tellOthers(room, callSid);
    }
    return this.#viewOf(room, callSid);
  }

  leave(callSid: string, name: string): void {
    const room = this.#open(name);
    const gone = room?.participants.get(callSid);
    if (room === undefined || gone === undefined) return;
    this.#notify(room, 'leave', 'participant-leave', callSid);
    room.participants.delete(callSid);
    if (gone.endsOnExit && room.status === 'in-progress') {
      this.#end(room, 'participant-with-end-conference-on-exit-left', callSid);
    } else if (room.participants.size === 0) this.#end(room, 'last-participant-left', callSid);
  }

  change(room: Room, callSid: string, change: ParticipantChange): void {
    const before = room.participants.get(callSid);
    if (before === undefined) return;
    const after = { ...before, ...change };
    room.participants.set(callSid, after);
    if (after.hold !== before.hold) {
      this.#notify(room, 'hold', after.hold ? 'participant-hold' : 'participant-unhold', callSid);
      this.#ports.tell(callSid, this.#viewOf(room, callSid));
    }
    if (after.muted !== before.muted) {
      const event = after.muted ? 'participant-mute' : 'participant-unmute';
      this.#notify(room, 'mute', event, callSid);
    }
    if (after.endsOnExit !== before.endsOnExit || after.coach !== before.coach) {
      this.#notify(room, 'modify', 'participant-modify', callSid);
    }
  }

  /** Takes one call out of the room; it goes on with its own document. */
  remove(room: Room, callSid: string): void {
    if (!room.participants.has(callSid)) return;
    this.leave(callSid, room.name);
    this.#ports.tell(callSid, { conferenceSid: room.sid, state: 'over', music: null });
  }

  end(room: Room): void {
    if (room.status !== 'completed') this.#end(room, 'conference-ended-via-api', '');
  }

  #open(name: string): Room | undefined {
    return this.#rooms.find((room) => room.name === name && room.status !== 'completed');
  }

  #newRoom({ name, callback }: Conference): Room {
    const room: Room = {
      ...{ sid: this.#ports.newSid(), name, status: 'init', endedBecause: null, callback },
      ...{ createdAt: this.#ports.clock.now(), participants: new Map(), sequence: 0 },
    };
    this.#rooms.push(room);
    return room;
  }

  #end(room: Room, because: string, by: string): void {
    room.status = 'completed';
    room.endedBecause = because;
    const left = [...room.participants.keys()];
    for (const callSid of left) this.#notify(room, 'leave', 'participant-leave', callSid);
    room.participants.clear();
    this.#notify(room, 'end', 'conference-end', by, { ReasonConferenceEnded: because });
    for (const callSid of left) {
      this.#ports.tell(callSid, { conferenceSid: room.sid, state: 'over', music: null });
    }
  }

  #tellOthers(room: Room, but: string): void {
    for (const callSid of room.participants.keys()) {
      if (callSid !== but) this.#ports.tell(callSid, this.#viewOf(room, callSid));
    }
  }

  #viewOf(room: Room, callSid: string): RoomView {
    const own = room.participants.get(callSid);
    const conferenceSid = room.sid;
    if (own?.hold === true) return { conferenceSid, state: 'held', music: own.holdMusic };
    if (room.status === 'in-progress') return { conferenceSid, state: 'live', music: null };
    return { conferenceSid, state: 'waiting', music: own?.waitMusic ?? null };
  }

  #notify(
    room: Room,
    wanted: string,
    event: string,
    callSid: string,
    extra: Record<string, string> = {},
  ): void {
    room.sequence += 1;
    const { callback } = room;
    if (callback === undefined || !callback.events.includes(wanted)) return;
    const own = room.participants.get(callSid);
    this.#ports.deliveries().post('room-callback', callback, {
      ...{ AccountSid: this.#ports.accountSid(), ConferenceSid: room.sid },
      ...{ FriendlyName: room.name, StatusCallbackEvent: event },
      ...{ SequenceNumber: String(room.sequence), Timestamp: rfc2822(this.#ports.clock.now()) },
      ...(event === 'conference-end' ? { CallSidEndingConference: callSid } : {}),
      ...(own === undefined ? {} : participantParams(own)),
      ...extra,
    });
  }
}

function participantParams(own: Participant): Record<string, string> {
  return {
    CallSid: own.callSid,
    ...(own.label === '' ? {} : { ParticipantLabel: own.label }),
    ...{
      Muted: String(own.muted),
      Hold: String(own.hold),
      Coaching: String(own.coach !== undefined),
    },
    EndConferenceOnExit: String(own.endsOnExit),
    StartConferenceOnEnter: String(own.startsOnEnter),
  };
}

export function musicOf(url: string | undefined, method: Method): Music {
  return url === undefined || url === '' ? null : { url, method };
}
