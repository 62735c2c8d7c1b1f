import { hashFlow } from '../flow/hash.ts';
import type { Flow } from '../flow/types.ts';
import type { ScriptAst, TestAst } from './ast.ts';
import { collectFaults, type Diagnostic, type Mode, toDiagnostics } from './diagnostic.ts';
import { emitFlow } from './emit.ts';
import { parseScript } from './parse.ts';
import { checkScript } from './rules/check.ts';
import type { ContactCount, Direction } from './rules/rule.ts';
import { type Line, splitLines } from './source.ts';
import { buildSourceMap, type SourceMap } from './source-map.ts';

export type CompileOptions = {
  /** A draft may name what does not exist yet; a published script may not. */
  readonly mode?: Mode;
  /** What contacts, campaign and tenant provide; without it unknown variables are not reported. */
  readonly knownVariables?: readonly string[];
  /** How many contacts lack which variables; without it that is not reported. */
  readonly contacts?: ContactCount;
  /** Scripts call people unless they say otherwise. */
  readonly direction?: Direction;
};

export type Compilation = {
  /** Null only when there is not one usable node. */
  readonly flow: Flow | null;
  /** Made anew whenever it is asked for. */
  readonly sourceMap: SourceMap;
  /** For `runTests`; no part of the flow and its hash. */
  readonly tests: readonly TestAst[];
  readonly diagnostics: readonly Diagnostic[];
  readonly hash: string | null;
  /** No error in this mode. */
  readonly ok: boolean;
};

/** Text to flow. Never throws: whatever is wrong with the text is a diagnostic. */
export async function compileScript(
  source: string,
  options: CompileOptions = {},
): Promise<Compilation> {
  const { script, lines, diagnostics } = diagnose(source, options);
  const flow = emitFlow(script);
  return {
    flow,
    get sourceMap() {
      return buildSourceMap(script, lines);
    },
    tests: script.tests,
    diagnostics,
    hash: flow === null ? null : await hashFlow(flow),
    ok: diagnostics.every(({ severity }) => severity !== 'error'),
  };
}

export type Diagnosis = {
  readonly lines: readonly Line[];
  readonly script: ScriptAst;
  readonly diagnostics: readonly Diagnostic[];
};

/** What is wrong with a text, without making its flow: enough for an editor after each key press. */
export function diagnose(source: string, options: CompileOptions = {}): Diagnosis {
  const lines = splitLines(source);
  const { faults, report } = collectFaults();
  const script = parseScript(lines, report);
  checkScript(script, {
    report,
    knownVariables: options.knownVariables ?? null,
    contacts: options.contacts ?? null,
    direction: options.direction ?? 'outbound',
  });
  return { lines, script, diagnostics: toDiagnostics(faults, lines, options.mode ?? 'draft') };
}
