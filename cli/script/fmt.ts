import { writeFile } from 'node:fs/promises';
import { formatScript } from '../../src/script/format.ts';
import { readArguments, readScript } from './files.ts';

/** Writes the script in its plain form; with --check it only says whether it has it. */
export async function runFormat(args: readonly string[]): Promise<number> {
  const { file, values } = readArguments(args, { check: { type: 'boolean' } });
  const source = await readScript(file);
  const formatted = formatScript(source);
  if (formatted === source) return 0;
  if (values.check === true) {
    process.stderr.write(`${file} is not in its plain form: run destiny fmt ${file}\n`);
    return 1;
  }
  await writeFile(file, formatted);
  return 0;
}
