import { type Dial, type DialedNumber, TwimlError, type Verb } from './ast.ts';
import { Attributes } from './attributes.ts';
import { elementsOf, SCHEMA_ERROR, textOnly } from './elements.ts';
import { readConference } from './parse-conference.ts';
import type { XmlElement } from './xml.ts';

const E164 = /^\+[1-9]\d{6,14}$/;
const INVALID_DIAL_NUMBER = 13224;
const INVALID_CALLER_ID = 13214;
/** "Up to ten at once" (twilio.com/docs/voice/twiml/number). */
const MAX_NUMBERS = 10;

export function readDial(element: XmlElement): Verb {
  const attributes = new Attributes(element);
  const callerId = attributes.text('callerId');
  const dial: Omit<Dial, 'numbers'> = {
    verb: 'Dial',
    action: attributes.text('action'),
    method: attributes.method('method'),
    timeoutSeconds: attributes.integer('timeout', 30, 1, 600),
    timeLimitSeconds: attributes.integer('timeLimit', 14_400, 1, 86_400),
    callerId,
  };
  attributes.flag('answerOnBridge', false);
  attributes.flag('hangupOnStar', false);
  attributes.flag('sequential', false);
  attributes.finish();
  if (callerId !== undefined && !E164.test(callerId)) {
    throw new TwimlError(INVALID_CALLER_ID, `callerId "${callerId}" is no number of this account`);
  }
  const children = elementsOf(element);
  const [first] = children;
  if (first?.name === 'Conference' && children.length === 1) {
    const { action, method, timeLimitSeconds } = dial;
    const conference = readConference(first);
    return { verb: 'DialConference', action, method, timeLimitSeconds, conference };
  }
  const other = children.find(({ name }) => name !== 'Number');
  if (other !== undefined) return { verb: 'Unsupported', name: `Dial(${other.name})` };
  if (children.length === 0 || children.length > MAX_NUMBERS) {
    throw new TwimlError(SCHEMA_ERROR, `<Dial> needs 1 to ${MAX_NUMBERS} numbers`);
  }
  return { ...dial, numbers: children.map(readNumber) };
}

function readNumber(element: XmlElement): DialedNumber {
  const attributes = new Attributes(element);
  const url = attributes.text('statusCallback');
  const method = attributes.method('statusCallbackMethod');
  const events = attributes.text('statusCallbackEvent', 'completed').split(/\s+/);
  attributes.finish();
  const number = textOnly(element);
  if (!E164.test(number))
    throw new TwimlError(INVALID_DIAL_NUMBER, `"${number}" cannot be dialled`);
  return { number, callback: url === undefined ? undefined : { url, method, events } };
}
