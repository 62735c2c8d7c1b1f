import { Hono } from 'hono';
import { type Conferences, musicOf, type Participant, type Room } from '../carrier/conferences.ts';
import { API_VERSION, rfc2822 } from '../carrier/params.ts';
import type { Switchboard } from '../carrier/switchboard.ts';
import type { RestEnv } from './app.ts';
import { isAbsolute, readCreateCall, readMethod } from './create-call.ts';
import { TwilioError } from './errors.ts';
import { readForm } from './form.ts';

/** Conferences of the account and who sits in them, as far as an application steers them. */
export function routeConferences(ports: {
  readonly conferences: Conferences;
  readonly switchboard: Switchboard;
}): Hono<RestEnv> {
  const { conferences, switchboard } = ports;
  const routes = new Hono<RestEnv>();
  const find = (sid: string): Room => {
    const room = conferences.bySid(sid);
    if (room === undefined) throw new TwilioError(20404, `Conferences/${sid}`);
    return room;
  };
  /** By the SID of the call or by its label; only of a conference that goes on. */
  const seatIn = (room: Room, file: string): Participant => {
    const name = decodeURIComponent(file.replace(/\.json$/, ''));
    const seats = room.status === 'completed' ? [] : [...room.participants.values()];
    const found = seats.find(({ callSid, label }) => callSid === name || label === name);
    if (found === undefined) throw new TwilioError(20404, `Participants/${name}`);
    return found;
  };

  routes.get('/Conferences.json', (context) => {
    const { accountSid } = context.get('config');
    const { FriendlyName: name, Status: status } = context.req.query();
    const rooms = conferences
      .list()
      .filter((room) => name === undefined || room.name === name)
      .filter((room) => status === undefined || room.status === status);
    const shown = rooms.map((room) => formatRoom(room, accountSid));
    return context.json({ conferences: shown, next_page_uri: null });
  });
  routes.get('/Conferences/:file', (context) => {
    const room = find(context.req.param('file').replace(/\.json$/, ''));
    return context.json(formatRoom(room, context.get('config').accountSid));
  });
  routes.post('/Conferences/:file', async (context) => {
    const room = find(context.req.param('file').replace(/\.json$/, ''));
    const status = (await readForm(context.req)).get('Status');
    if (status !== 'completed') throw new TwilioError(20001, 'Status must be completed');
    conferences.end(room);
    return context.json(formatRoom(room, context.get('config').accountSid));
  });

  routes.get('/Conferences/:sid/Participants.json', (context) => {
    const room = find(context.req.param('sid'));
    const { accountSid } = context.get('config');
    const shown = [...room.participants.values()].map((one) => formatSeat(room, one, accountSid));
    return context.json({ participants: shown, next_page_uri: null });
  });
  routes.post('/Conferences/:sid/Participants.json', async (context) => {
    const room = find(context.req.param('sid'));
    if (room.status === 'completed') throw new TwilioError(20404, `Conferences/${room.sid}`);
    const form = await readForm(context.req);
    form.set('Twiml', invitation(room.name, form));
    const { accountSid, numbers } = context.get('config');
    const row = switchboard.place(readCreateCall(form, numbers), context.get('receivedAt'));
    const answer = {
      ...{ account_sid: accountSid, call_sid: row.sid, conference_sid: room.sid },
      ...{ label: form.get('Label'), status: 'queued', api_version: API_VERSION },
    };
    return context.json(answer, 201);
  });
  routes.get('/Conferences/:sid/Participants/:file', (context) => {
    const room = find(context.req.param('sid'));
    const seat = seatIn(room, context.req.param('file'));
    return context.json(formatSeat(room, seat, context.get('config').accountSid));
  });
  routes.post('/Conferences/:sid/Participants/:file', async (context) => {
    const room = find(context.req.param('sid'));
    const { callSid } = seatIn(room, context.req.param('file'));
    conferences.change(room, callSid, readChange(await readForm(context.req)));
    const after = seatIn(room, callSid);
    return context.json(formatSeat(room, after, context.get('config').accountSid));
  });
  routes.delete('/Conferences/:sid/Participants/:file', (context) => {
    const room = find(context.req.param('sid'));
    conferences.remove(room, seatIn(room, context.req.param('file')).callSid);
    return context.body(null, 204);
  });
  return routes;
}

/** "Anything value other than true or false is interpreted as false". */
function readChange(form: URLSearchParams) {
  const flag = (name: string) => (form.has(name) ? form.get(name) === 'true' : undefined);
  const [muted, hold, endsOnExit] = [flag('Muted'), flag('Hold'), flag('EndConferenceOnExit')];
  const holdUrl = form.get('HoldUrl') ?? '';
  if (holdUrl !== '' && !isAbsolute(holdUrl)) throw new TwilioError(21205, holdUrl);
  // HoldMethod is GET unless it is named.
  const method = form.has('HoldMethod') ? readMethod(form, 'HoldMethod') : 'GET';
  const coaching = flag('Coaching');
  return {
    ...(muted === undefined ? {} : { muted }),
    ...(hold === undefined ? {} : { hold, holdMusic: musicOf(holdUrl, method) }),
    ...(endsOnExit === undefined ? {} : { endsOnExit }),
    ...(coaching === undefined
      ? {}
      : { coach: coaching ? (form.get('CallSidToCoach') ?? undefined) : undefined }),
  };
}

/** A participant who is called in hears what any call hears that dials the room. */
function invitation(room: string, form: URLSearchParams): string {
  const flag = (name: string, otherwise: boolean) => form.get(name) ?? String(otherwise);
  const attributes = {
    startConferenceOnEnter: flag('StartConferenceOnEnter', true),
    endConferenceOnExit: flag('EndConferenceOnExit', false),
    muted: flag('Muted', false),
    ...(form.has('Label') ? { participantLabel: form.get('Label') ?? '' } : {}),
  };
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const conference = `<Conference${written.join('')}>${escaped(room)}</Conference>`;
  return `<Response><Dial>${conference}</Dial></Response>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}

function formatRoom(room: Room, accountSid: string) {
  return {
    ...{ account_sid: accountSid, sid: room.sid, friendly_name: room.name, region: 'us1' },
    ...{ status: room.status, reason_conference_ended: room.endedBecause },
    ...{ api_version: API_VERSION, date_created: rfc2822(room.createdAt) },
    uri: `/${API_VERSION}/Accounts/${accountSid}/Conferences/${room.sid}.json`,
  };
}

function formatSeat(room: Room, seat: Participant, accountSid: string) {
  return {
    ...{ account_sid: accountSid, call_sid: seat.callSid, conference_sid: room.sid },
    ...{ label: seat.label === '' ? null : seat.label, status: 'connected' },
    ...{ muted: seat.muted, hold: seat.hold, coaching: seat.coach !== undefined },
    call_sid_to_coach: seat.coach ?? null,
    start_conference_on_enter: seat.startsOnEnter,
    end_conference_on_exit: seat.endsOnExit,
    date_created: rfc2822(seat.joinedAt),
  };
}
