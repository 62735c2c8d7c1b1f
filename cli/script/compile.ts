import { compileScript } from '../../src/script/compile.ts';
import { renderDiagnostics } from '../../src/script/print-diagnostics.ts';
import { readArguments, readScript } from './files.ts';

export async function runCompile(args: readonly string[]): Promise<number> {
  const { file, values } = readArguments(args, {
    publish: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  const source = await readScript(file);
  const mode = values.publish === true ? 'publish' : 'draft';
  const { flow, hash, diagnostics, ok } = await compileScript(source, { mode });
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify({ hash, diagnostics, flow }, null, 2)}\n`);
  } else {
    if (diagnostics.length > 0) {
      process.stderr.write(`${renderDiagnostics(source, diagnostics, file)}\n\n`);
    }
    if (ok) process.stdout.write(`${file}: no errors, hash ${hash ?? 'none'}\n`);
  }
  return ok ? 0 : 1;
}
