import { runCompile } from './script/compile.ts';
import { CliError } from './script/files.ts';
import { runMatch } from './script/match.ts';
import { runSimulate } from './script/simulate.ts';

const USAGE = `Usage:
  destiny compile FILE [--publish] [--json]
  destiny simulate FILE [--var name=value]
  destiny match FILE --node NAME`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  compile: runCompile,
  simulate: runSimulate,
  match: runMatch,
  fmt: async () => refuse('`destiny fmt` is not available in this version.'),
  test: async () => refuse('`destiny test` is not available in this version.'),
};

process.exitCode = await main(process.argv.slice(2));

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    return refuse(name === '' ? USAGE : `\`${name}\` is not a command of destiny.\n${USAGE}`);
  }
  try {
    return await command(args);
  } catch (error) {
    if (error instanceof CliError) return refuse(error.message);
    throw error;
  }
}

function refuse(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}
