import { type Conference, TwimlError } from './ast.ts';
import { Attributes } from './attributes.ts';
import { SCHEMA_ERROR, textOnly } from './elements.ts';
import type { XmlElement } from './xml.ts';

const EVENTS = new Set('start end join leave mute hold modify speaker announcement'.split(' '));

/** https://www.twilio.com/docs/voice/twiml/conference */
export function readConference(element: XmlElement): Conference {
  const attributes = new Attributes(element);
  const url = attributes.text('statusCallback');
  const method = attributes.method('statusCallbackMethod');
  const events = attributes.text('statusCallbackEvent', 'start end').split(/\s+/);
  const unknown = events.find((event) => !EVENTS.has(event));
  if (unknown !== undefined) {
    throw new TwimlError(SCHEMA_ERROR, `A conference has no event "${unknown}"`);
  }
  const conference: Conference = {
    name: textOnly(element),
    muted: attributes.flag('muted', false),
    startsOnEnter: attributes.flag('startConferenceOnEnter', true),
    endsOnExit: attributes.flag('endConferenceOnExit', false),
    label: attributes.text('participantLabel', ''),
    coach: attributes.match('coach', /^CA[0-9a-f]{32}$/, 'the SID of a call'),
    waitUrl: attributes.text('waitUrl'),
    waitMethod: attributes.method('waitMethod'),
    callback: url === undefined ? undefined : { url, method, events },
  };
  attributes.match('beep', /^(true|false|onEnter|onExit)$/, 'true, false, onEnter or onExit');
  attributes.integer('maxParticipants', 250, 2, 250);
  attributes.ignore('jitterBufferSize', 'region');
  attributes.finish();
  if (conference.name === '') throw new TwimlError(SCHEMA_ERROR, '<Conference> has no name');
  return conference;
}
