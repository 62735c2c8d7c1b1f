import { expect } from 'vitest';
import type { DiagnosticCode } from '../codes.ts';
import { collectFaults } from '../diagnostic.ts';
import { parseScript } from '../parse.ts';
import { locate, splitLines } from '../source.ts';
import { runRules } from './check.ts';
import type { Rule } from './rule.ts';

type Found = readonly [code: DiagnosticCode, place: string, words: string];

/** Runs one rule over a script that parses without faults. */
export function faultsOf(
  rule: Rule,
  source: string,
  knownVariables: readonly string[] | null = null,
): readonly Found[] {
  const lines = splitLines(source);
  const parsing = collectFaults();
  const script = parseScript(lines, parsing.report);
  const { faults, report } = collectFaults();
  runRules([rule], script, { report, knownVariables, contacts: null, direction: 'outbound' });
  return faults.map(({ code, span }) => {
    const { line, column } = locate(lines, span);
    return [code, `${line}:${column}`, source.slice(span.start, span.end)];
  });
}

export function expectFaults(rule: Rule, source: string, found: readonly Found[]): void {
  expect(faultsOf(rule, source)).toEqual(found);
}

export function expectNone(rule: Rule, source: string): void {
  expect(faultsOf(rule, source)).toEqual([]);
}
