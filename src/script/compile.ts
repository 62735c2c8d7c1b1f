import { hashFlow } from '../flow/hash.ts';
import type { Flow } from '../flow/types.ts';
import type { TestAst } from './ast.ts';
import { collectFaults, type Diagnostic, type Mode, toDiagnostics } from './diagnostic.ts';
import { emitFlow } from './emit.ts';
import { parseScript } from './parse.ts';
import { checkScript } from './rules/check.ts';
import type { ContactCount, Direction } from './rules/rule.ts';
import { splitLines } from './source.ts';
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
  const lines = splitLines(source);
  const { faults, report } = collectFaults();
  const script = parseScript(lines, report);
  checkScript(script, {
    report,
    knownVariables: options.knownVariables ?? null,
    contacts: options.contacts ?? null,
    direction: options.direction ?? 'outbound',
  });
  const emitted = emitFlow(script);
  const diagnostics = toDiagnostics(faults, lines, options.mode ?? 'draft');
  return {
    flow: emitted?.flow ?? null,
    sourceMap: buildSourceMap(emitted?.spans ?? new Map(), lines),
    tests: script.tests,
    diagnostics,
    hash: emitted === null ? null : await hashFlow(emitted.flow),
    ok: diagnostics.every(({ severity }) => severity !== 'error'),
  };
}
