import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const PROGRAM = /^(?:\$ )?((?:npm|npx|node|curl|wrangler|git|bash|destiny)\b.*)$/;

/** Run here word for word, with what they print. */
const RUN_HERE: Readonly<Record<string, string>> = {
  'npm run -s destiny -- compile src/script/fixtures/samples/sample.destiny': 'negative_node',
};

/** Run elsewhere: the file that runs it, and the words there that do. */
const RUN_ELSEWHERE: Readonly<Record<string, readonly [file: string, words: string]>> = {
  'npm test': ['.ci/run', 'npm test'],
  'npm run build': ['cli/test.ts', "'cli/build.ts'"],
};

/** Run by nobody but a reader, so far. The list may only become shorter. */
const RUN_BY_HAND = [
  'npm start',
  'npm run demo',
  'npm run dev',
  'npm run drill',
  'npm run lighthouse',
  'npm run screenshots',
  'curl -N -H "authorization: Bearer $KEY" "$APP/api/v1/live/events',
  'curl -X POST "$APP/api/v1/webhooks"',
  'wrangler dev -c workers/simulator/wrangler.toml',
];

// The story of docs/api.md runs every `sh` block of that page as one script.
const commands = ['README.md', ...globSync('docs/*.md', { cwd: ROOT })]
  .filter((page) => page !== 'docs/api.md')
  .flatMap((page) => fencedCommands(page).map((command) => [page, command] as const));

test('the commands are found', () => expect(commands.length).toBeGreaterThan(8));

test.each(commands)('%s: `%s` has a home', (_page, command) => {
  const homes = [...Object.keys(RUN_HERE), ...Object.keys(RUN_ELSEWHERE), ...RUN_BY_HAND];
  expect(homes.some((home) => command.startsWith(home))).toBe(true);
});

test.each([...Object.keys(RUN_HERE), ...Object.keys(RUN_ELSEWHERE), ...RUN_BY_HAND])(
  'a page still shows `%s`',
  (home) => expect(commands.some(([, command]) => command.startsWith(home))).toBe(true),
);

test.each(Object.entries(RUN_ELSEWHERE))('`%s` is run where the list says', (_, [file, words]) => {
  expect(readFileSync(join(ROOT, file), 'utf8')).toContain(words);
});

test.each(Object.entries(RUN_HERE))(
  '`%s` runs as it stands',
  (command, printed) => {
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).toContain(printed);
  },
  60_000,
);

function fencedCommands(page: string): readonly string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/^```(\S*)[^\n]*\n(.*?)^```/gms)]
    .filter(([, language = '']) => ['', 'sh', 'bash', 'shell', 'console'].includes(language))
    .flatMap(([, , block = '']) => block.split('\n'))
    .flatMap((line) => PROGRAM.exec(line.trim())?.[1] ?? []);
}
