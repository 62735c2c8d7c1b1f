import { CLASS_NAMES, EVENT_NAMES } from '../flow/names.ts';
import { normalisePhrase } from '../flow/normalise.ts';
import type {
  Branch,
  Flow,
  FlowNode,
  FlowSettings,
  Sentence,
  Statement,
  Trigger,
} from '../flow/types.ts';
import type { BranchAst, HeaderAst, NodeAst, ScriptAst, StatementAst, TriggerAst } from './ast.ts';
import { emitAction } from './emit-action.ts';
import { emitSentences, type VariableContext } from './emit-sentence.ts';
import {
  actionOf,
  DEFAULT_LANGUAGE,
  entryOf,
  firstNodes,
  isAction,
  variableContext,
} from './script-facts.ts';
import type { Span } from './source.ts';
import type { NodeSpans } from './source-map.ts';
import { RETRY_COUNT, RETRY_PROMPTS, TEXTS } from './texts.ts';

const DEFAULTS = {
  language: DEFAULT_LANGUAGE,
  voice: 'en-US-Chirp3-HD-Leda',
  speed: 1,
  timeoutMs: 6000,
  globals: { repeat: true, stop: true, agent: null },
} as const;

type EmitContext = VariableContext & { readonly keywords: HeaderAst['keywords'] };

export type Emitted = { readonly flow: Flow; readonly spans: ReadonlyMap<string, NodeSpans> };

/** The flow of what could be read; null when that is not even one node. */
export function emitFlow(script: ScriptAst): Emitted | null {
  const entry = entryOf(script);
  if (entry === null) return null;
  const context = { ...variableContext(script), keywords: script.header.keywords };
  const nodes: [string, FlowNode][] = [];
  const spans = new Map<string, NodeSpans>();
  for (const node of firstNodes(script).values()) {
    const emitted = emitNode(node, context);
    nodes.push([node.name.text, emitted.node]);
    spans.set(node.name.text, emitted.spans);
  }
  const settings = emitSettings(script.header, context);
  const flow = { flowVersion: 1, settings, entry, nodes: Object.fromEntries(nodes) } as const;
  return { flow, spans };
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

function emitNode(
  node: NodeAst,
  context: EmitContext,
): { readonly node: FlowNode; readonly spans: NodeSpans } {
  const { name, statements, branches: written } = node;
  const action = actionOf(node);
  const body: Statement[] = [];
  const sentences: Span[] = [];
  // A branch of unknown classes only would otherwise be taken without any trigger.
  const branches = written.filter(
    ({ triggers }) =>
      triggers.length === 0 || triggers.some((trigger) => isKnown(trigger, context)),
  );
  let bargeIn = true;
  // Lines of speech that follow each other are one prompt.
  let prompt: Sentence[] | null = null;
  for (const statement of statements) {
    if (statement.type === 'bargein') {
      bargeIn = statement.isOn;
    } else if (statement.type === 'speech') {
      for (const { sentence, span } of emitSentences(statement.template, context)) {
        if (prompt === null) {
          prompt = [];
          body.push({ type: 'say', sentences: prompt });
        }
        prompt.push(sentence);
        sentences.push(span);
      }
    } else if (!isAction(statement)) {
      body.push(emitStatement(statement, context));
      prompt = null;
    }
  }
  return {
    node: {
      body,
      branches: branches.map((branch) => emitBranch(branch, context)),
      bargeIn,
      ...(action === null ? {} : { action: emitAction(action, context) }),
    },
    spans: {
      name: name.span,
      sentences,
      branches: branches.map(({ span, target }) => ({ branch: span, target: target.span })),
    },
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

function emitBranch({ triggers, target, outcome, guard }: BranchAst, context: EmitContext): Branch {
  return {
    triggers: emitTriggers(triggers, context),
    target: target.text,
    ...(outcome === null ? NOTHING : { outcome }),
    ...(guard === null ? NOTHING : { guard: guard.value }),
  };
}

/** Of an unknown class nothing is left. */
const isKnown = (trigger: TriggerAst, context: EmitContext) =>
  trigger.type !== 'class' || emitTrigger(trigger, context).length > 0;

const NOTHING = {};

function emitTriggers(written: readonly TriggerAst[], context: EmitContext): readonly Trigger[] {
  const triggers: Trigger[] = [];
  for (const trigger of written) triggers.push(...emitTrigger(trigger, context));
  return triggers;
}

function emitTrigger(trigger: TriggerAst, { keywords }: EmitContext): readonly Trigger[] {
  switch (trigger.type) {
    case 'key':
      return [{ type: 'key', key: trigger.key }];
    case 'phrase':
      return [{ type: 'phrase', text: trigger.text, tokens: trigger.tokens }];
    case 'class': {
      const name = CLASS_NAMES.find((known) => known === trigger.name);
      if (name !== undefined) return [{ type: 'class', name }];
      return keywords.get(trigger.name)?.phrases.map(({ text }) => phraseOf(text)) ?? [];
    }
    case 'event': {
      const event = EVENT_NAMES.find((known) => known === trigger.event);
      return event === undefined ? [] : [{ type: 'event', event }];
    }
  }
}

function phraseOf(text: string): Trigger {
  return { type: 'phrase', text, tokens: normalisePhrase(text) };
}
