import { createInterface } from 'node:readline';
import { EVENT_NAMES } from '../../src/flow/names.ts';
import { requiredVariables } from '../../src/flow/prompts.ts';
import { initialState } from '../../src/flow/state.ts';
import { step } from '../../src/flow/step.ts';
import type { Effect, FlowInput } from '../../src/flow/types.ts';
import { flattenReply } from '../../src/flow/webhook-reply.ts';
import { CliError, loadFlow, readArguments } from './files.ts';

/** A conversation in the terminal: digits are keys, an empty line is silence. */
export async function runSimulate(args: readonly string[]): Promise<number> {
  const { file, values } = readArguments(args, {
    var: { type: 'string', multiple: true },
    sms: { type: 'boolean' },
  });
  const variables = Object.fromEntries((values.var ?? []).map(readVariable));
  const flow = await loadFlow(file);
  const missing = requiredVariables(flow).filter((path) => !Object.hasOwn(variables, path));
  if (missing.length > 0) {
    process.stderr.write(`Without a value: ${missing.join(', ')} (give --var name=value)\n`);
  }
  let state = initialState(flow, variables, Date.now(), values.sms === true ? 'sms' : 'voice');
  let isActing = false;
  const take = (input: FlowInput) => {
    const result = step(flow, state, input, Date.now());
    state = result.state;
    isActing = ACTIONS.has(result.effects.at(-1)?.type ?? '');
    for (const effect of result.effects) print(effect);
  };
  take({ type: 'start' });
  if (state.isEnded) return 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const text = line.trim();
    take(isActing ? readResult(text) : readInput(text));
    if (state.isEnded) return 0;
  }
  take({ type: 'hangup' });
  return 0;
}

function readVariable(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new CliError(`\`${text}\` is not a variable: write --var name=value.`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** `busy`, or `ok` with a JSON object after it; anything else is spoken. */
function readResult(line: string): FlowInput {
  const [, name, json = ''] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  const event = EVENT_NAMES.find((known) => known === name);
  if (event === undefined) return readInput(line);
  try {
    return { type: 'result', event, data: flattenReply(JSON.parse(json || '{}')) };
  } catch {
    throw new CliError(`\`${json}\` is not JSON.`);
  }
}

const ACTIONS: ReadonlySet<string> = new Set(['transfer', 'voicemail', 'webhook']);

function readInput(line: string): FlowInput {
  if (line === '') return { type: 'silence' };
  if (/^[0-9*#]+$/.test(line)) return { type: 'dtmf', digits: line };
  return { type: 'speech', text: line, confidence: null };
}

function print(effect: Effect): void {
  const line = describe(effect);
  if (line !== null) process.stdout.write(`${line}\n`);
}

function describe(effect: Effect): string | null {
  switch (effect.type) {
    case 'say':
      return `< ${effect.sentences.map(({ text }) => text).join(' ')}`;
    case 'pause':
      return `  (${effect.ms} ms pause)`;
    case 'listen':
      return `  (listening ${effect.timeoutMs / 1000} s${keyHint(effect.keys)})`;
    case 'outcome':
      return `  (outcome: ${effect.outcome})`;
    case 'suppress':
      return '  (this number is not called again)';
    case 'hangup':
      return '  (hung up)';
    case 'transfer':
      return `  (transfer to ${effect.to}: type answered, busy, no-answer or failed)`;
    case 'voicemail':
      return `  (voicemail up to ${effect.maxMs / 1000} s: type ok or no-input)`;
    case 'webhook':
      return `  (${effect.method} ${effect.url}: type ok {"json": "reply"} or error)`;
    case 'sms':
      return `  (text message: ${effect.text})`;
    case 'event':
    case 'utterance':
      return null;
  }
}

function keyHint(keys: readonly string[]): string {
  return keys.length === 0 ? '' : `, keys ${keys.join(' ')}`;
}
