import { compileScript } from '../../src/script/compile.ts';
import { renderDiagnostics } from '../../src/script/print-diagnostics.ts';
import { runTests } from '../../src/script/run-tests.ts';
import { CliError, readArguments, readScript } from './files.ts';

/** Plays the tests that stand in a script. */
export async function runScriptTests(args: readonly string[]): Promise<number> {
  const { file } = readArguments(args, {});
  const source = await readScript(file);
  const { flow, ok, tests, diagnostics } = await compileScript(source);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (flow === null || !ok) throw new CliError(renderDiagnostics(source, errors, file));
  const outcomes = runTests(flow, tests);
  for (const { name, failure } of outcomes) {
    process.stdout.write(`${failure === null ? 'ok  ' : 'FAIL'}  ${name}\n`);
    if (failure !== null)
      process.stdout.write(`      ${file}:${failure.line}: ${failure.message}\n`);
  }
  const failed = outcomes.filter(({ failure }) => failure !== null).length;
  process.stdout.write(`${outcomes.length - failed} of ${outcomes.length} tests passed\n`);
  return failed === 0 ? 0 : 1;
}
