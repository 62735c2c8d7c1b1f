import { createInterface } from 'node:readline';
import { choicesIn } from '../../src/flow/choices.ts';
import { matchSpeech } from '../../src/flow/match.ts';
import { nodeOf } from '../../src/flow/names.ts';
import { CliError, loadFlow, readArguments } from './files.ts';

/** Reads one utterance a line; guards are taken to be open. */
export async function runMatch(args: readonly string[]): Promise<number> {
  const { file, values } = readArguments(args, { node: { type: 'string' } });
  if (values.node === undefined) throw new CliError('Name the node: `--node NAME`.');
  const flow = await loadFlow(file);
  const node = nodeOf(flow, values.node);
  if (node === null) throw new CliError(`No node is called \`${values.node}\`.`);
  const choices = choicesIn(node.branches, flow.settings.globals);
  for await (const utterance of createInterface({ input: process.stdin })) {
    const match = matchSpeech(choices, utterance);
    const target = match === null ? null : (choices[match.option]?.target ?? null);
    process.stdout.write(`${JSON.stringify({ utterance, target, score: match?.score ?? 0 })}\n`);
  }
  return 0;
}
