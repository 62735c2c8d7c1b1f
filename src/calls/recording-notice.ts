import type { Flow } from '../flow/types.ts';

/**
 * How a call is recorded: after its notice was heard to the end, or not at all because its script
 * asks for what nobody may keep.
 */
export type CallRecording =
  | { readonly notice: string }
  | { readonly skipped: 'sensitive_questions' };

/** Null where nobody wants it recorded. */
export function callRecording(
  isWanted: boolean,
  flow: Pick<Flow, 'nodes'>,
  notice: string,
): CallRecording | null {
  if (!isWanted) return null;
  return asksSensitive(flow) ? { skipped: 'sensitive_questions' } : { notice };
}

/** The sentence that has to be made beside those of the script. */
export function noticeClips(recording: CallRecording | null) {
  if (recording === null || 'skipped' in recording) return [];
  return [{ text: recording.notice, kind: 'static' as const }];
}

function asksSensitive({ nodes }: Pick<Flow, 'nodes'>): boolean {
  return Object.values(nodes).some(
    ({ action }) => action?.type === 'capture' && action.isSensitive,
  );
}
