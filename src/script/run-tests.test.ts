import { expect, test } from 'vitest';
import { compileScript } from './compile.ts';
import { runTests } from './run-tests.ts';

const SCRIPT = `@machine message

[start]
Hi {{firstName}}, this is Acme Dental. Can you come on {{day:date}}?
-> 1, @yes: glad
-> @no: move
-> else: END #unclear

[glad]
That's wonderful!
-> END #confirmed

[move]
When then?
@capture other date
-> ok: END #moved
-> else: END #lost

[message]
Please call us.
-> END #machine
`;

async function failuresOf(tests: string) {
  const { flow, tests: parsed, diagnostics } = await compileScript(`${SCRIPT}\n${tests}`);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return runTests(flow ?? expect.fail(), parsed).map(({ failure }) => failure?.message ?? null);
}

test.each([
  ['caller "yeah sure"\n  says "that’s  WONDERFUL"\n  outcome confirmed\n  ends', null],
  ['caller presses 1\n  at glad', null],
  ['says "Hi Ana"\n  says "Friday, December twenty-fifth"', null],
  ['caller "no"\n  at move\n  caller "tomorrow"\n  outcome moved', null],
  ['caller silent\n  says "didn\'t catch"\n  at start', null],
  ['caller hangs up\n  ends', null],
  ['machine\n  says "Please call us"\n  outcome machine', null],
  ['// nothing said yet\n\n  at start', null],
  [
    'says "Bye"',
    'Expected to hear "Bye", but heard "Hi Ana, this is Acme Dental. Can you come on Friday, December twenty-fifth?".',
  ],
  ['at glad', 'Expected to be at `glad`, but was at `start`.'],
  ['outcome confirmed', 'Expected the outcome `confirmed`, but it was none.'],
  ['ends', 'The conversation has not ended: it is at `start`.'],
  ['caller "yes"\n  caller "no"', 'The conversation had ended before this line.'],
  ['says "Hi"\n  with firstName = "Bo"', '`with` comes before anything is said.'],
])('%j', async (lines, failure) => {
  const head = '@test "one"\n  with firstName = "Ana"\n  with day = "2026-12-25"';
  expect(await failuresOf(`${head}\n  ${lines}`)).toEqual([failure]);
});

test('tests do not change the hash', async () => {
  const bare = await compileScript(SCRIPT);
  const tested = await compileScript(`${SCRIPT}\n@test "x"\n  ends`);
  expect(tested.hash).toBe(bare.hash);
  expect(tested.tests).toHaveLength(1);
});
