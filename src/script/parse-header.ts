import type { HeaderAst, Template } from './ast.ts';
import {
  type DirectiveLine,
  expectEnd,
  refuse,
  takeDuration,
  takeName,
  takeNumber,
  takeTemplate,
} from './directive-arguments.ts';
import {
  readChannels,
  readHours,
  readKeywords,
  readPronounce,
  readTimezone,
} from './parse-settings.ts';
import type { Name } from './source.ts';

const MAX_RETRIES = 10;
type Reader = (line: DirectiveLine, header: HeaderAst) => void;

/** header = "@" , name , args , EOL . */
export function parseHeader(line: DirectiveLine, header: HeaderAst): void {
  READERS.get(line.name)?.(line, header);
}

function readLanguage(line: DirectiveLine, header: HeaderAst): void {
  const { cursor } = line;
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(cursor.token.text)) {
    refuse(line, 'a language tag, such as `en-US`');
    return;
  }
  header.language = cursor.advance().text;
  expectEnd(line);
}

function readVoice(line: DirectiveLine, header: HeaderAst): void {
  const voice = takeName(line, 'the name of a voice, such as `en-US-Chirp3-HD-Leda`');
  if (voice === null) return;
  header.voice = voice.text;
  expectEnd(line);
}

/** The bounds are those of Google's `speakingRate`. */
function readSpeed(line: DirectiveLine, header: HeaderAst): void {
  const speed = takeNumber(line, 0.25, 2, 'a number from 0.25 to 2.0');
  if (speed === null) return;
  header.speed = speed;
  expectEnd(line);
}

function readTimeout(line: DirectiveLine, header: HeaderAst): void {
  const ms = takeDuration(line, 1000, 60_000, 'a time from 1s to 60s, such as `6s`');
  if (ms === null) return;
  header.timeoutMs = ms;
  expectEnd(line);
}

/** "@retry" , count , { prompt } */
function readRetry(line: DirectiveLine, header: HeaderAst): void {
  const expected = `a whole number from 0 to ${MAX_RETRIES}, then prompts in quotes`;
  const token = line.cursor.token;
  if (!/^\d+$/.test(token.text)) {
    refuse(line, expected);
    return;
  }
  const count = takeNumber(line, 0, MAX_RETRIES, expected);
  if (count === null) return;
  const prompts: Template[] = [];
  while (line.cursor.token.kind === 'string' && line.cursor.token.isOpen !== true) {
    prompts.push(takeTemplate(line, expected) ?? []);
  }
  header.retry = { count, prompts };
  expectEnd(line);
}

function readFallback(line: DirectiveLine, header: HeaderAst): void {
  const node = takeName(line, 'the name of a node');
  if (node === null) return;
  header.fallback = node;
  expectEnd(line);
}

function readMachine(line: DirectiveLine, header: HeaderAst): void {
  const node = takeName(line, 'the name of a node');
  if (node === null) return;
  header.machine = node;
  expectEnd(line);
}

/** "@default" , path , ( text | number ) */
function readDefault(line: DirectiveLine, header: HeaderAst): void {
  const { cursor } = line;
  const path = cursor.takePath();
  if (path === null) {
    refuse(line, 'a variable and a text, such as `@default firstName "there"`');
    return;
  }
  const value =
    cursor.token.isOpen === true ? null : (cursor.take('string') ?? cursor.take('number'));
  if (value === null) {
    refuse(line, `a text in quotes after \`${path.text}\``);
    return;
  }
  if (header.defaults.has(path.text)) {
    line.report('DS111', path.span, `\`${path.text}\` has a default already.`);
  }
  header.defaults.set(path.text, value.text.replace(/\\(.)/g, '$1'));
  expectEnd(line);
}

/** "@globals" , ( "none" | command , { "," , command } ) ; command = "repeat" | "stop" | "agent" , "->" , ident */
function readGlobals(line: DirectiveLine, header: HeaderAst): void {
  const { cursor } = line;
  const on = new Set<string>();
  let agent: Name | null = null;
  if (cursor.takeWord('none') === null) {
    do {
      const command = cursor.takeWord('repeat', 'stop', 'agent');
      if (command === null) {
        refuse(line, '`repeat`, `stop`, `agent -> node` or `none`');
        return;
      }
      on.add(command.text);
      if (command.text === 'agent') agent = readAgent(line);
      if (command.text === 'agent' && agent === null) return;
    } while (cursor.takeSymbol(',') !== null);
  }
  header.globals = { repeat: on.has('repeat'), stop: on.has('stop'), agent };
  expectEnd(line);
}

function readAgent(line: DirectiveLine): Name | null {
  if (line.cursor.takeSymbol('->') === null) return refuse(line, '`->` and a node after `agent`');
  return takeName(line, 'the name of a node after `agent ->`');
}

const READERS: ReadonlyMap<string, Reader> = new Map([
  ['language', readLanguage],
  ['voice', readVoice],
  ['speed', readSpeed],
  ['timeout', readTimeout],
  ['retry', readRetry],
  ['fallback', readFallback],
  ['default', readDefault],
  ['globals', readGlobals],
  ['machine', readMachine],
  ['channels', readChannels],
  ['timezone', readTimezone],
  ['hours', readHours],
  ['keywords', readKeywords],
  ['pronounce', readPronounce],
]);
