import type { Action } from '../flow/types.ts';
import type { ActionAst } from './ast.ts';
import { emitParts, emitSentences, type VariableContext } from './emit-sentence.ts';

export function emitAction(action: ActionAst, context: VariableContext): Action {
  switch (action.type) {
    case 'capture': {
      const { type, path, kind, digits, isSensitive } = action;
      const own = emitSentences(action.reprompt ?? [], context).map(({ sentence }) => sentence);
      return {
        type,
        path,
        kind,
        isSensitive,
        ...(digits === null ? {} : { digits }),
        ...(own.length === 0 ? {} : { reprompt: own }),
      };
    }
    case 'transfer':
      return { type: 'transfer', to: action.to, timeoutMs: action.timeoutMs };
    case 'voicemail':
      return { type: 'voicemail', maxMs: action.maxMs };
    case 'webhook': {
      const { type, method, timeoutMs } = action;
      return { type, method, timeoutMs, url: emitParts(action.url, context) };
    }
  }
}
