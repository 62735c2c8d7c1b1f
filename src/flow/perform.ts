import { lookUp } from './expression.ts';
import { listenToCapture } from './listen.ts';
import { pathsSet } from './paths.ts';
import { emit, type Run } from './run.ts';
import { collapseSpace, renderSentence } from './sentences.ts';
import type { Action, FlowNode, Sentence, Variables } from './types.ts';

/** Hands an action over; what comes of it is an input of its own. */
export function perform(run: Run, node: FlowNode, action: Action): void {
  switch (action.type) {
    case 'capture':
      listenToCapture(run, node, action);
      break;
    case 'transfer':
    case 'voicemail':
      emit(run, action);
      break;
    case 'webhook': {
      const { type, method, timeoutMs } = action;
      const url = addressOf(action, run.state.variables);
      emit(run, { type, method, url, timeoutMs, values: valuesToSend(run) });
      break;
    }
  }
}

export function sendText(run: Run, sentences: readonly Sentence[], values: Variables): void {
  const text = sentences.map((sentence) => renderSentence(sentence, values).text).join(' ');
  if (collapseSpace(text) !== '') emit(run, { type: 'sms', text: collapseSpace(text) });
}

function addressOf({ url }: Extract<Action, { type: 'webhook' }>, variables: Variables): string {
  const texts = url.map((part) => {
    if (part.type === 'text') return part.text;
    const { text } = renderSentence({ kind: 'live', parts: [part] }, variables);
    return encodeURIComponent(text.toWellFormed());
  });
  return texts.join('');
}

function valuesToSend({ flow, state }: Run): Variables {
  const secret = new Set(
    Object.values(flow.nodes).flatMap(({ action }) =>
      action?.type === 'capture' && action.isSensitive ? [action.path] : [],
    ),
  );
  const own = [...pathsSet(flow)].filter((path) => !secret.has(path));
  return Object.fromEntries(own.map((path) => [path, lookUp(state.variables, path)]));
}
