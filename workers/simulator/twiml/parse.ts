import {
  type Document,
  type Gather,
  type Pause,
  type Play,
  type Prompt,
  type Say,
  TwimlError,
  type Verb,
} from './ast.ts';
import { Attributes } from './attributes.ts';
import { elementsOf, requireEmpty, SCHEMA_ERROR, textOnly } from './elements.ts';
import { readDial } from './parse-dial.ts';
import { readRecord, readStart } from './parse-record.ts';
import { parseXml, type XmlElement, type XmlNode } from './xml.ts';

const PARSE_FAILURE = 12100;
const INVALID_SAY_TEXT = 13520;
const MAX_SAY_CHARACTERS = 4096;

const SSML = new Set(
  'break emphasis lang p phoneme prosody s say-as sub w amazon:effect amazon:domain'.split(' '),
);
const KNOWN_BUT_UNSUPPORTED = new Set(
  (
    'Enqueue Leave Stop Connect Refer Pay Prompt Message Sms Echo Queue ' +
    'Conference Siprec Stream'
  ).split(' '),
);

export function parseTwiml(source: string): Document {
  const root = readRoot(source);
  if (root.name !== 'Response') {
    throw new TwimlError(PARSE_FAILURE, `The root element is <${root.name}>, not <Response>`);
  }
  new Attributes(root).finish();
  const verbs = elementsOf(root).map(readVerb);
  if (verbs.slice(1).some((verb) => verb.verb === 'Reject')) {
    throw new TwimlError(SCHEMA_ERROR, '<Reject> must be the first verb');
  }
  return { verbs };
}

function readRoot(source: string): XmlElement {
  try {
    return parseXml(source);
  } catch (cause) {
    throw new TwimlError(PARSE_FAILURE, cause instanceof Error ? cause.message : String(cause));
  }
}

function readVerb(element: XmlElement): Verb {
  switch (element.name) {
    case 'Say':
    case 'Play':
    case 'Pause':
      return readPrompt(element);
    case 'Gather':
      return readGather(element);
    case 'Redirect': {
      const attributes = new Attributes(element);
      const method = attributes.method('method');
      attributes.finish();
      return { verb: 'Redirect', url: textOnly(element), method };
    }
    case 'Hangup':
      return leaf(element, { verb: 'Hangup' });
    case 'Reject': {
      const attributes = new Attributes(element);
      const reason = attributes.match('reason', /^(rejected|busy)$/, 'rejected or busy');
      attributes.finish();
      requireEmpty(element);
      return { verb: 'Reject', reason: reason === 'busy' ? 'busy' : 'rejected' };
    }
    case 'Dial':
      return readDial(element);
    case 'Record':
      return readRecord(element);
    case 'Start':
      return readStart(element);
    default:
      if (KNOWN_BUT_UNSUPPORTED.has(element.name)) {
        return { verb: 'Unsupported', name: element.name };
      }
      throw new TwimlError(SCHEMA_ERROR, `<${element.name}> is not a verb`);
  }
}

function readPrompt(element: XmlElement): Prompt {
  if (element.name === 'Say') return readSay(element);
  if (element.name === 'Play') return readPlay(element);
  if (element.name === 'Pause') return readPause(element);
  throw new TwimlError(SCHEMA_ERROR, `<${element.name}> is not allowed inside <Gather>`);
}

function readSay(element: XmlElement): Say {
  const attributes = new Attributes(element);
  const voice = attributes.text('voice', 'man');
  const language = attributes.text('language', 'en-US');
  const loop = attributes.integer('loop', 1, 0, 1000);
  attributes.finish();
  const text = spokenText(element).replace(/\s+/g, ' ').trim();
  if (text.length === 0 || text.length > MAX_SAY_CHARACTERS) {
    throw new TwimlError(INVALID_SAY_TEXT, `<Say> needs 1 to ${MAX_SAY_CHARACTERS} characters`);
  }
  return { verb: 'Say', text, voice, language, loop };
}

function readPlay(element: XmlElement): Play {
  const attributes = new Attributes(element);
  const loop = attributes.integer('loop', 1, 0, 1000);
  const digits = attributes.match('digits', /^[0-9wW*#]*$/, 'digits, *, # and w') ?? '';
  attributes.finish();
  const url = textOnly(element);
  if (url === '' && digits === '') throw new TwimlError(SCHEMA_ERROR, '<Play> has no URL');
  return { verb: 'Play', url, loop, digits };
}

function readPause(element: XmlElement): Pause {
  const attributes = new Attributes(element);
  const seconds = attributes.integer('length', 1, 0, 86_400);
  attributes.finish();
  requireEmpty(element);
  return { verb: 'Pause', seconds };
}

function readGather(element: XmlElement): Gather {
  const attributes = new Attributes(element);
  const input = attributes.match('input', /^(dtmf|speech)( (dtmf|speech))?$/, 'dtmf and speech');
  const speechTimeout = attributes.match('speechTimeout', /^(auto|\d+)$/, 'seconds or auto');
  const gather: Gather = {
    verb: 'Gather',
    dtmf: (input ?? 'dtmf').includes('dtmf'),
    speech: (input ?? 'dtmf').includes('speech'),
    action: attributes.text('action'),
    method: attributes.method('method'),
    timeoutSeconds: attributes.integer('timeout', 5, 0, 3600),
    speechTimeout:
      speechTimeout === undefined || speechTimeout === 'auto'
        ? speechTimeout
        : Number(speechTimeout),
    maxSpeechSeconds: attributes.integer('maxSpeechTime', 60, 1, 600),
    numDigits: attributes.integer('numDigits', Number.POSITIVE_INFINITY, 1, 1000),
    finishOnKey: attributes.match('finishOnKey', /^[0-9*#]?$/, 'one key or empty') ?? '#',
    actionOnEmptyResult: attributes.flag('actionOnEmptyResult', false),
    bargeIn: attributes.flag('bargeIn', true),
    hints: attributes.text('hints', ''),
    language: attributes.text('language', 'en-US'),
    prompts: elementsOf(element).map(readPrompt),
  };
  attributes.flag('profanityFilter', true);
  attributes.flag('enhanced', false);
  attributes.flag('debug', false);
  attributes.method('partialResultCallbackMethod');
  attributes.ignore('speechModel', 'partialResultCallback');
  attributes.finish();
  return gather;
}

function leaf(element: XmlElement, verb: Verb): Verb {
  new Attributes(element).finish();
  requireEmpty(element);
  return verb;
}

function spokenText(node: XmlNode): string {
  if (node.type === 'text') return node.text;
  for (const child of node.children) {
    if (child.type === 'element' && !SSML.has(child.name)) {
      throw new TwimlError(SCHEMA_ERROR, `<${child.name}> is not allowed inside <${node.name}>`);
    }
  }
  const alias = node.name === 'sub' ? node.attributes.get('alias') : undefined;
  return alias ?? node.children.map(spokenText).join(node.name === 'Say' ? '' : ' ');
}
