import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const FOLDER = mkdtempSync(join(tmpdir(), 'destiny-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

const SAMPLE =
  '[start]\nHi {{name}}, this is Ann. All well?\n-> 1, "good": fine\n-> 2, "bad": lost\n\n[fine]\nBye.\n-> END #well\n';
const GOOD = SAMPLE.replace('lost', 'END');

function destiny(args: readonly string[], input = '') {
  const command = join(import.meta.dirname, 'destiny.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

function fileWith(name: string, text: string): string {
  const path = join(FOLDER, name);
  writeFileSync(path, text);
  return path;
}

test('compile shows the caret and passes a draft', () => {
  const { status, stdout, stderr } = destiny(['compile', fileWith('draft.destiny', SAMPLE)]);
  expect(status).toBe(0);
  expect(stderr).toContain('draft.destiny:4:14: warning DS202: No node is called `lost`.');
  expect(stderr).toContain('  4 | -> 2, "bad": lost\n    |              ^^^^');
  expect(stdout).toMatch(/no errors, hash [0-9a-f]{64}\n$/);
});

test('compile --publish --json fails with the whole answer', () => {
  const file = fileWith('publish.destiny', SAMPLE);
  const { status, stdout } = destiny(['compile', file, '--publish', '--json']);
  const { hash, diagnostics, flow } = JSON.parse(stdout);
  expect(status).toBe(1);
  expect(hash).toMatch(/^[0-9a-f]{64}$/);
  expect(diagnostics).toMatchObject([
    { code: 'DS221', severity: 'info' },
    { code: 'DS202', severity: 'error', line: 4 },
  ]);
  expect(flow.entry).toBe('start');
});

test('simulate talks', () => {
  const file = fileWith('talk.destiny', GOOD);
  const { status, stdout, stderr } = destiny(['simulate', file, '--var', 'name=Ana'], '\ngood\n');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    '< Hi Ana, this is Ann. All well?',
    '  (listening 6 s, keys 1 2)',
    "< Sorry, I didn't catch that.",
    '< Hi Ana, this is Ann. All well?',
    '  (listening 6 s, keys 1 2)',
    '< Bye.',
    '  (outcome: well)',
    '  (hung up)',
    '',
  ]);
});

test('match answers a line with a line', () => {
  const file = fileWith('match.destiny', GOOD);
  const { status, stdout } = destiny(['match', file, '--node', 'start'], 'pretty good\nnot good\n');
  expect(status).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { utterance: 'pretty good', target: 'fine', score: 1 },
    { utterance: 'not good', target: null, score: 0 },
  ]);
});

test.each([
  [['compile', 'nowhere.destiny'], 'Cannot read nowhere.destiny.'],
  [['compile'], 'Name one script file.'],
  [['compile', 'a', '--fast'], "Unknown option '--fast'"],
  [['fmt', 'a'], '`destiny fmt` is not available in this version.'],
  [['dance'], '`dance` is not a command of destiny.'],
  [[], 'Usage:'],
])('%j is refused', (args, message) => {
  const { status, stderr } = destiny(args);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
