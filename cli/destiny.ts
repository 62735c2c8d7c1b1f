import { runCompile } from './script/compile.ts';
import { CliError } from './script/files.ts';
import { runFormat } from './script/fmt.ts';
import { runMatch } from './script/match.ts';
import { runSimulate } from './script/simulate.ts';
import { runScriptTests } from './script/test.ts';

const USAGE = `Usage:
  destiny compile FILE [--publish] [--json]
  destiny fmt FILE [--check]
  destiny test FILE
  destiny simulate FILE [--var name=value] [--sms]
  destiny match FILE --node NAME`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  compile: runCompile,
  simulate: runSimulate,
  match: runMatch,
  fmt: runFormat,
  test: runScriptTests,
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
