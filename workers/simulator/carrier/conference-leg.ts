import { type Conference, type DialConference, TwimlError } from '../twiml/ast.ts';
import type { Line } from '../twiml/line.ts';
import { playPrompt } from '../twiml/prompt.ts';
import { resolveUrl } from '../twiml/url.ts';
import type { CallPorts } from './call.ts';
import type { DocumentRequest, Loaded } from './conversation.ts';
import { RoomNews } from './interruptions.ts';
import type { RoomView } from './types.ts';

/** "Can only contain Say, Play, Pause, and Redirect verbs" (twilio.com/docs/api/errors/13238). */
const BAD_WAIT_VERB = 13238;
/** A wait document that says nothing, or cannot be had, is asked for again so much later. */
const SILENCE_MS = 2000;

export type ConferenceLegPorts = Pick<CallPorts, 'rooms' | 'record'> & {
  readonly line: Line;
  readonly checked: <T>(work: Promise<T>) => Promise<T>;
  readonly fetch: (request: DocumentRequest) => Promise<Loaded>;
};

/** One call's stay in a conference: music while it waits or is held, talk while it is live. */
export async function attendConference(
  verb: DialConference,
  base: string | undefined,
  ports: ConferenceLegPorts,
): Promise<{ readonly wasLive: boolean }> {
  const { line, record } = ports;
  const conference = absolute(verb.conference, base);
  const untilMs = line.elapsedMs() + verb.timeLimitSeconds * 1000;
  let wasLive = false;
  try {
    let view = await ports.checked(ports.rooms.join(conference));
    while (view.state !== 'over' && line.elapsedMs() < untilMs - 1) {
      record('conference', { state: view.state, sid: view.conferenceSid, atMs: line.elapsedMs() });
      wasLive ||= view.state === 'live';
      view = await newsOf(view, untilMs, conference, ports);
    }
  } finally {
    record('conference', { state: 'left', atMs: line.elapsedMs() });
    await ports.rooms.leave(conference.name);
  }
  return { wasLive };
}

/** Stays as it is until something changes; the time limit changes nothing but the time. */
async function newsOf(
  view: RoomView,
  untilMs: number,
  conference: Conference,
  ports: ConferenceLegPorts,
): Promise<RoomView> {
  const { line } = ports;
  const leftMs = () => untilMs - line.elapsedMs();
  try {
    if (view.music === null) await line.wait(leftMs());
    else {
      let next: Target = { url: view.music.url, method: view.music.method };
      while (leftMs() > 1) next = await playMusic(next, view, conference, ports);
    }
    return view;
  } catch (cause) {
    if (cause instanceof RoomNews) return cause.view;
    throw cause;
  }
}

type Target = Pick<DocumentRequest, 'url' | 'method'>;

/** Plays one document; answers what comes after it: where it redirects to, or itself again. */
async function playMusic(
  target: Target,
  { conferenceSid, music }: RoomView,
  { name, label }: Conference,
  { fetch, line, record }: ConferenceLegPorts,
): Promise<Target> {
  let next = music ?? target;
  const startedAt = line.elapsedMs();
  try {
    const params = { ConferenceSid: conferenceSid, FriendlyName: name, ParticipantLabel: label };
    const { document, base } = await fetch({ ...target, params });
    for (const verb of document.verbs) {
      if (verb.verb === 'Redirect') {
        next = { url: resolveUrl(verb.url, base), method: verb.method };
        break;
      }
      if (verb.verb !== 'Say' && verb.verb !== 'Play' && verb.verb !== 'Pause') {
        throw new TwimlError(BAD_WAIT_VERB, `<${verb.verb}> may not stand in a wait document`);
      }
      await playPrompt(verb, line, { base, insideGather: false, cutAtMs: undefined });
    }
  } catch (cause) {
    if (!(cause instanceof TwimlError)) throw cause;
    record('error', { code: cause.code, message: cause.message });
  }
  if (line.elapsedMs() - startedAt < SILENCE_MS) await line.wait(SILENCE_MS);
  return next;
}

function absolute(conference: Conference, base: string | undefined): Conference {
  const { waitUrl, callback } = conference;
  return {
    ...conference,
    waitUrl: waitUrl === undefined || waitUrl === '' ? waitUrl : resolveUrl(waitUrl, base),
    callback:
      callback === undefined ? undefined : { ...callback, url: resolveUrl(callback.url, base) },
  };
}
