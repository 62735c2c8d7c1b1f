import { estimateSpeech, type SpeechEstimate } from '../flow/speech-estimate.ts';
import type { Flow } from '../flow/types.ts';
import { compileScript } from '../script/compile.ts';
import type { Diagnostic } from '../script/diagnostic.ts';
import { runTests, type TestOutcome } from '../script/run-tests.ts';

export type Preflight = {
  readonly canPublish: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly tests: readonly TestOutcome[];
  /** For one contact; null when nothing compiles. */
  readonly speech: SpeechEstimate | null;
  /** Null when it does not compile. */
  readonly published: { readonly flow: Flow; readonly hash: string } | null;
};

/** Everything that publishing asks of a text: it compiles, and the tests that stand in it pass. */
export async function preflight(content: string): Promise<Preflight> {
  const { ok, flow, hash, diagnostics, tests } = await compileScript(content, { mode: 'publish' });
  if (flow === null || hash === null) {
    return { canPublish: false, diagnostics, tests: [], speech: null, published: null };
  }
  const outcomes = ok ? runTests(flow, tests) : [];
  return {
    canPublish: ok && outcomes.every(({ failure }) => failure === null),
    diagnostics,
    tests: outcomes,
    speech: estimateSpeech(flow, 1),
    published: ok ? { flow, hash } : null,
  };
}
