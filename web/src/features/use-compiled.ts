import { useEffect, useState } from 'react';
import { type FlowGraph, graphOf } from '../../../src/flow/graph.ts';
import { type Compilation, compileScript } from '../../../src/script/compile.ts';
import { runTests, type TestOutcome } from '../../../src/script/run-tests.ts';

export type Compiled = {
  readonly compilation: Compilation;
  readonly drawing: FlowGraph | null;
  readonly tests: readonly TestOutcome[];
};

const AFTER_MS = 200;

/** The script as the compiler of the platform understands it, a moment after the last key. */
export function useCompiled(content: string): Compiled | null {
  const [compiled, setCompiled] = useState<Compiled | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(async () => {
      const compilation = await compileScript(content);
      if (!isCurrent) return;
      const { flow, tests } = compilation;
      setCompiled({
        compilation,
        drawing: flow === null ? null : graphOf(flow),
        tests: flow === null ? [] : runTests(flow, tests),
      });
    }, AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [content]);
  return compiled;
}
