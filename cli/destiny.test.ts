import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

test('fmt writes the plain form, and --check only asks for it', () => {
  const file = fileWith('format.destiny', '[ start ]\nHi.\n->END');
  expect(destiny(['fmt', file, '--check']).status).toBe(1);
  expect(destiny(['fmt', file]).status).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('[start]\nHi.\n-> END\n');
  expect(destiny(['fmt', file, '--check']).status).toBe(0);
});

test('test plays the tests of a script', () => {
  const tests = '\n@test "well"\n  caller "good"\n  ends\n@test "unwell"\n  at fine\n';
  const { status, stdout } = destiny(['test', fileWith('tests.destiny', GOOD + tests)]);
  expect(status).toBe(1);
  expect(stdout).toContain('ok    well\nFAIL  unwell\n');
  expect(stdout).toContain('Expected to be at `fine`, but was at `start`.');
  expect(stdout).toContain('1 of 2 tests passed');
});

test('simulate plays what actions come to', () => {
  const script =
    '[start]\nThis is Ann.\n@webhook GET https://example.com/a\n-> ok: fine\n-> error: END\n[fine]\nYou have {{webhook.count}}.\n@transfer agents\n-> busy: END #busy\n-> else: END\n';
  const { stdout } = destiny(
    ['simulate', fileWith('actions.destiny', script)],
    'ok {"count": 3}\nbusy\n',
  );
  expect(stdout).toContain('< You have 3.');
  expect(stdout).toContain('(outcome: busy)');
});

test.each([
  [['compile', 'nowhere.destiny'], 'Cannot read nowhere.destiny.'],
  [['compile'], 'Name one script file.'],
  [['compile', 'a', '--fast'], "Unknown option '--fast'"],
  [['fmt', 'nowhere.destiny'], 'Cannot read nowhere.destiny.'],
  [['test'], 'Name one script file.'],
  [['dance'], '`dance` is not a command of destiny.'],
  [[], 'Usage:'],
])('%j is refused', (args, message) => {
  const { status, stderr } = destiny(args);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
});
