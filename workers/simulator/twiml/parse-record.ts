import {
  type Record,
  type RecordingCallback,
  type RecordingEvent,
  type StartRecording,
  TwimlError,
  type Verb,
} from './ast.ts';
import { Attributes } from './attributes.ts';
import { elementsOf, requireEmpty, SCHEMA_ERROR } from './elements.ts';
import type { XmlElement } from './xml.ts';

const DAY_SECONDS = 86_400;

export function readRecord(element: XmlElement): Record {
  const attributes = new Attributes(element);
  const record: Record = {
    verb: 'Record',
    action: attributes.text('action'),
    method: attributes.method('method'),
    timeoutSeconds: attributes.integer('timeout', 5, 1, 600),
    maxLengthSeconds: attributes.integer('maxLength', 3600, 1, DAY_SECONDS),
    finishOnKey: attributes.match('finishOnKey', /^[0-9*#]*$/, 'keys') ?? '1234567890*#',
    playBeep: attributes.flag('playBeep', true),
    callback: readRecordingCallback(attributes),
  };
  attributes.match('trim', /^(trim-silence|do-not-trim)$/, 'trim-silence or do-not-trim');
  attributes.flag('transcribe', false);
  attributes.finish();
  requireEmpty(element);
  return record;
}

/** `<Start>` holds one thing that runs beside the call; only a recording is played here. */
export function readStart(element: XmlElement): Verb {
  new Attributes(element).finish();
  const [child, second] = elementsOf(element);
  if (child === undefined || second !== undefined) {
    throw new TwimlError(SCHEMA_ERROR, '<Start> needs exactly one element inside');
  }
  if (child.name !== 'Recording') return { verb: 'Unsupported', name: `Start(${child.name})` };
  return readRecording(child);
}

function readRecording(element: XmlElement): StartRecording {
  const attributes = new Attributes(element);
  const channels = attributes.match('channels', /^(mono|dual)$/, 'mono or dual');
  const callback = readRecordingCallback(attributes);
  attributes.match('track', /^(inbound|outbound|both)$/, 'inbound, outbound or both');
  attributes.match('trim', /^(trim-silence|do-not-trim)$/, 'trim-silence or do-not-trim');
  attributes.finish();
  requireEmpty(element);
  return { verb: 'StartRecording', channels: channels === 'dual' ? 2 : 1, callback };
}

const EVENTS: readonly RecordingEvent[] = ['in-progress', 'completed', 'absent'];

function readRecordingCallback(attributes: Attributes): RecordingCallback | undefined {
  const url = attributes.text('recordingStatusCallback');
  const method = attributes.method('recordingStatusCallbackMethod');
  const named = attributes.text('recordingStatusCallbackEvent', 'completed').split(/\s+/);
  return url === undefined
    ? undefined
    : { url, method, events: EVENTS.filter((event) => named.includes(event)) };
}
