import { type Document, type Gather, type Method, TwimlError } from './ast.ts';
import { runDial } from './dial.ts';
import { type GatherResult, runGather } from './gather.ts';
import type { Line } from './line.ts';
import { playPrompt } from './prompt.ts';
import { runRecord } from './record.ts';
import { resolveUrl } from './url.ts';

/** What the carrier does when a document has been executed. */
export type Next =
  | { readonly kind: 'hang-up' }
  | {
      readonly kind: 'fetch';
      readonly url: string;
      readonly method: Method;
      readonly params: Readonly<Record<string, string>>;
    };

const HANG_UP: Next = { kind: 'hang-up' };

/** Executes the verbs in order; running off the end of a document ends the call. */
export async function executeDocument(
  document: Document,
  base: string | undefined,
  line: Line,
): Promise<Next> {
  for (const verb of document.verbs) {
    switch (verb.verb) {
      case 'Say':
      case 'Play':
      case 'Pause':
        await playPrompt(verb, line, { base, insideGather: false, cutAtMs: undefined });
        break;
      case 'Gather': {
        const result = await runGather(verb, line, base);
        const params = actionParams(verb, result);
        // Without an action the carrier asks the address of the current document again.
        if (params !== undefined) return follow(verb.action ?? '', verb.method, params, base);
        break;
      }
      case 'Record': {
        const params = await runRecord(verb, line);
        // An action that is not named is the address of the document that is under way.
        if (params !== undefined) return follow(verb.action ?? '', verb.method, params, base);
        break;
      }
      case 'StartRecording':
        line.recordings.start({
          ...{ source: 'StartCallRecordingTwiML', channels: verb.channels },
          callback: verb.callback,
        });
        break;
      case 'Dial': {
        const params = await runDial(verb, line);
        if (verb.action !== undefined) return follow(verb.action, verb.method, params, base);
        break;
      }
      case 'DialConference': {
        const { wasLive } = await line.attend(verb, base);
        const params = { DialCallStatus: wasLive ? 'answered' : 'completed' };
        if (verb.action !== undefined) return follow(verb.action, verb.method, params, base);
        break;
      }
      case 'Redirect':
        return follow(verb.url, verb.method, {}, base);
      case 'Hangup':
      case 'Reject':
        return HANG_UP;
      case 'Unsupported':
        throw new TwimlError(12200, `<${verb.name}> is not simulated`);
    }
  }
  return HANG_UP;
}

function follow(
  url: string,
  method: Method,
  params: Record<string, string>,
  base: string | undefined,
): Next {
  return { kind: 'fetch', url: resolveUrl(url, base), method, params };
}

/** Parameters of the action request, or nothing when the document goes on with its next verb. */
function actionParams(gather: Gather, result: GatherResult): Record<string, string> | undefined {
  switch (result.kind) {
    case 'digits':
      return { Digits: result.digits, FinishedOnKey: result.finishedOnKey, msg: 'Gather End' };
    case 'speech':
      return {
        SpeechResult: result.speech,
        Confidence: String(result.confidence),
        Language: gather.language,
      };
    case 'none': {
      if (!gather.actionOnEmptyResult) return undefined;
      return gather.dtmf ? { Digits: '', FinishedOnKey: '', msg: 'Gather End' } : {};
    }
  }
}
