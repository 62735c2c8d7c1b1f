import { readFile } from 'node:fs/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { Flow } from '../../src/flow/types.ts';
import { compileScript } from '../../src/script/compile.ts';
import { renderDiagnostics } from '../../src/script/print-diagnostics.ts';

/** A mistake of the person at the keyboard: its message is all they need. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
    });
    const [file] = positionals;
    if (file === undefined || positionals.length > 1) throw new CliError('Name one script file.');
    return { file, values };
  } catch (error) {
    if (error instanceof TypeError) throw new CliError(error.message);
    throw error;
  }
}

export async function readScript(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new CliError(`Cannot read ${file}.`);
  }
}

/** The flow of a script without errors; a draft's warnings go to standard error. */
export async function loadFlow(file: string): Promise<Flow> {
  const source = await readScript(file);
  const { flow, ok, diagnostics } = await compileScript(source);
  const worth = diagnostics.filter(({ severity }) => severity !== 'info');
  const report = renderDiagnostics(source, worth, file);
  if (flow === null || !ok) throw new CliError(report);
  if (report !== '') process.stderr.write(`${report}\n\n`);
  return flow;
}
