import type { Branch, Flow, FlowNode, FlowSettings, Sentence, Statement } from '../flow/types.ts';
import type { HeaderAst, NodeAst, ScriptAst, StatementAst } from './ast.ts';
import { emitAction } from './emit-action.ts';
import { type EmitContext, emitBranch, emitContext } from './emit-branch.ts';
import { emitSentences, type VariableContext } from './emit-sentence.ts';
import { actionOf, DEFAULT_LANGUAGE, entryOf, firstNodes, isAction } from './script-facts.ts';
import { RETRY_COUNT, RETRY_PROMPTS, TEXTS } from './texts.ts';

const DEFAULTS = {
  language: DEFAULT_LANGUAGE,
  voice: 'en-US-Chirp3-HD-Leda',
  speed: 1,
  timeoutMs: 6000,
  globals: { repeat: true, stop: true, agent: null },
} as const;

/** The flow of what could be read; null when that is not even one node. */
export function emitFlow(script: ScriptAst): Flow | null {
  const entry = entryOf(script);
  if (entry === null) return null;
  const context = emitContext(script);
  const nodes: [string, FlowNode][] = [];
  for (const node of firstNodes(script).values()) {
    nodes.push([node.name.text, emitNode(node, context)]);
  }
  const settings = emitSettings(script.header, context);
  return { flowVersion: 1, settings, entry, nodes: Object.fromEntries(nodes) };
}

function emitSettings(header: HeaderAst, context: VariableContext): FlowSettings {
  const globals = header.globals ?? DEFAULTS.globals;
  return {
    language: header.language ?? DEFAULTS.language,
    voice: header.voice ?? DEFAULTS.voice,
    speed: header.speed ?? DEFAULTS.speed,
    timeoutMs: header.timeoutMs ?? DEFAULTS.timeoutMs,
    retry: emitRetry(header, context),
    fallback: header.fallback?.text ?? null,
    globals: { ...globals, agent: globals.agent?.text ?? null },
    texts: TEXTS,
    ...emitOptional(header),
  };
}

/** What a script does not say is not in its flow, so that old flows keep their hash. */
function emitOptional(header: HeaderAst): Partial<FlowSettings> {
  const { machine, channels, timezone, hours, pronunciations } = header;
  return {
    ...(machine === undefined ? {} : { machine: machine.text }),
    ...(channels === undefined ? {} : { channels: [...new Set(channels.map(({ name }) => name))] }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(hours === undefined ? {} : { hours }),
    ...(pronunciations.size === 0 ? {} : { pronunciations: Object.fromEntries(pronunciations) }),
  };
}

function emitRetry({ retry }: HeaderAst, context: VariableContext): FlowSettings['retry'] {
  const own = (retry?.prompts ?? [])
    .map((prompt) => emitSentences(prompt, context).map(({ sentence }) => sentence))
    .filter((sentences) => sentences.length > 0);
  return { count: retry?.count ?? RETRY_COUNT, prompts: own.length > 0 ? own : RETRY_PROMPTS };
}

function emitNode(node: NodeAst, context: EmitContext): FlowNode {
  const action = actionOf(node);
  const body: Statement[] = [];
  let bargeIn = true;
  // Lines of speech that follow each other are one prompt.
  let prompt: Sentence[] | null = null;
  for (const statement of node.statements) {
    if (statement.type === 'bargein') {
      bargeIn = statement.isOn;
    } else if (statement.type === 'speech') {
      for (const { sentence } of emitSentences(statement.template, context)) {
        if (prompt === null) {
          prompt = [];
          body.push({ sentences: prompt, type: 'say' });
        }
        prompt.push(sentence);
      }
    } else if (!isAction(statement)) {
      body.push(emitStatement(statement, context));
      prompt = null;
    }
  }
  const branches: Branch[] = [];
  for (const branch of node.branches) {
    const emitted = emitBranch(branch, context);
    if (emitted !== null) branches.push(emitted);
  }
  return {
    ...(action === null ? NOTHING : { action: emitAction(action, context) }),
    bargeIn,
    body,
    branches,
  };
}

function emitStatement(
  statement: Extract<StatementAst, { type: 'set' | 'pause' | 'sms' }>,
  context: VariableContext,
): Statement {
  if (statement.type === 'sms') {
    const sentences = emitSentences(statement.template, context).map(({ sentence }) => sentence);
    return { type: 'sms', sentences };
  }
  if (statement.type === 'pause') return { type: 'pause', ms: statement.ms };
  return { type: 'set', path: statement.path, value: statement.value.value };
}

const NOTHING = {};
