import { CLASS_NAMES, EVENT_NAMES } from './names.ts';

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;
const listOf = <T>(items: T) => ({ type: 'array', items }) as const;
const ref = (name: string) => ({ $ref: `#/$defs/${name}` }) as const;

/** An object with exactly these keys; `optional` ones may be absent. */
const record = (properties: object, optional: object = {}) => ({
  type: 'object',
  properties: { ...properties, ...optional },
  required: Object.keys(properties),
  additionalProperties: false,
});
const tagged = (type: string, properties: object, optional: object = {}) =>
  record({ type: { const: type }, ...properties }, optional);

/** JSON Schema (2020-12) of a compiled flow, published for those who store or make flows. */
export const FLOW_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Destiny flow, version 1',
  ...record({
    flowVersion: { const: 1 },
    settings: ref('settings'),
    entry: TEXT,
    nodes: { type: 'object', additionalProperties: ref('node') },
  }),
  $defs: {
    sentences: listOf(ref('sentence')),
    sentence: record({
      kind: { enum: ['static', 'dynamic', 'live'] },
      parts: ref('parts'),
    }),
    parts: listOf({
      anyOf: [
        tagged('text', { text: TEXT }),
        tagged(
          'variable',
          { path: TEXT },
          {
            default: TEXT,
            format: record({ name: TEXT }, { arg: TEXT, locale: TEXT, zone: TEXT }),
          },
        ),
      ],
    }),
    settings: record(
      {
        language: TEXT,
        voice: TEXT,
        speed: { type: 'number' },
        timeoutMs: { type: 'integer' },
        retry: record({ count: { type: 'integer' }, prompts: listOf(ref('sentences')) }),
        fallback: { type: ['string', 'null'] },
        globals: record({ repeat: FLAG, stop: FLAG, agent: { type: ['string', 'null'] } }),
        texts: record({
          goodbye: ref('sentences'),
          confirmStop: ref('sentences'),
          stopped: ref('sentences'),
        }),
      },
      {
        machine: TEXT,
        channels: listOf({ enum: ['voice', 'sms'] }),
        timezone: TEXT,
        hours: record({
          open: listOf(
            record({
              days: listOf({ type: 'integer' }),
              from: { type: 'integer' },
              to: { type: 'integer' },
            }),
          ),
          except: listOf(TEXT),
        }),
        pronunciations: { type: 'object', additionalProperties: TEXT },
      },
    ),
    node: record(
      { body: listOf(ref('statement')), branches: listOf(ref('branch')), bargeIn: FLAG },
      { action: ref('action') },
    ),
    action: {
      anyOf: [
        tagged(
          'capture',
          {
            path: TEXT,
            kind: { enum: ['digits', 'date', 'time', 'number', 'yesno', 'text'] },
            isSensitive: FLAG,
          },
          { digits: { type: 'integer' }, reprompt: ref('sentences') },
        ),
        tagged('transfer', { to: TEXT, timeoutMs: { type: 'integer' } }),
        tagged('voicemail', { maxMs: { type: 'integer' } }),
        tagged('webhook', {
          method: { enum: ['GET', 'POST'] },
          url: ref('parts'),
          timeoutMs: { type: 'integer' },
        }),
      ],
    },
    statement: {
      anyOf: [
        tagged('say', { sentences: ref('sentences') }),
        tagged('set', { path: TEXT, value: ref('expression') }),
        tagged('pause', { ms: { type: 'integer' } }),
        tagged('sms', { sentences: ref('sentences') }),
      ],
    },
    branch: record(
      { triggers: listOf(ref('trigger')), target: TEXT },
      { outcome: TEXT, guard: ref('expression') },
    ),
    trigger: {
      anyOf: [
        tagged('key', { key: TEXT }),
        tagged('phrase', { text: TEXT, tokens: listOf(TEXT) }),
        tagged('class', { name: { enum: CLASS_NAMES } }),
        tagged('event', { event: { enum: EVENT_NAMES } }),
      ],
    },
    expression: {
      anyOf: [
        tagged('value', { value: { type: ['string', 'number', 'boolean', 'null'] } }),
        tagged('path', { path: TEXT }),
        tagged('not', { operand: ref('expression') }),
        tagged('binary', {
          operator: { enum: ['or', 'and', '==', '!=', '<', '<=', '>', '>=', 'contains', '+', '-'] },
          left: ref('expression'),
          right: ref('expression'),
        }),
      ],
    },
  },
} as const;
