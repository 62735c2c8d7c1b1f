import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { collectFaults } from './diagnostic.ts';
import { formatScript } from './format.ts';
import { parseScript } from './parse.ts';
import { splitLines } from './source.ts';

const FOLDER = join(import.meta.dirname, 'fixtures');
const SCRIPTS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:destiny|script)$/.test(path))
  .map((path) => readFileSync(join(FOLDER, path), 'utf8'));

/** Everything but where it stands. */
function meaningOf(source: string): unknown {
  const { faults, report } = collectFaults();
  const script = parseScript(splitLines(source), report);
  const codes = faults.map(({ code }) => code);
  return JSON.parse(
    JSON.stringify({ script, codes }, (key, value: unknown) => {
      if (key === 'span' || key === 'line') return undefined;
      return value instanceof Map ? [...value] : value;
    }),
  );
}

test('a script comes out in its plain form', () =>
  expect(
    formatScript(`

@retry   2 "a"
// about the start
[ start ]


  Hi   there.
@set  n=n+1
->1 ,"yes":next#ok   if n>( 2 )
-> next
// about the next
[next]
Bye.
// in passing
-> END
@test   "x"
 ends
     // done`),
  ).toBe(`@retry 2 "a"

// about the start
[start]

Hi   there.
@set n = n + 1
-> 1, "yes": next #ok if n > (2)
-> next

// about the next
[next]
Bye.
// in passing
-> END

@test "x"
  ends
  // done
`));

const line = fc.oneof(
  fc.constantFrom(
    '[start]',
    '[ next ]',
    '[bad name',
    '',
    '  ',
    '// note',
    '  // indented note',
    'Hi  {{name | "you"}}, see {{day:date long}}.',
    '\\@spoken',
    '\t-> 1,2 , "yes" ,@no:next  #done if a==1 and not( b )',
    '-> “curly” : END',
    '-> "open: END',
    '->END',
    '@set a=b - 1',
    '@set a = "open',
    '@capture   x digits  4 "Again?"  sensitive',
    '@webhook  GET https://example.com/{{a}} timeout 2s',
    '@hours open mon-fri 09:00-17:30',
    '@keywords @p "a",   "b"',
    '@test "t"',
    '@test',
    '  caller  "yes"',
    ' ends',
    '@unknown  thing',
  ),
  fc.string({ maxLength: 12 }),
);
const script = fc.oneof(
  fc.constantFrom(...SCRIPTS),
  fc.array(line, { maxLength: 14 }).map((lines) => lines.join('\n')),
);

describe('any script', () => {
  test('means the same when formatted', () =>
    fc.assert(
      fc.property(script, (source) => {
        expect(meaningOf(formatScript(source))).toEqual(meaningOf(source));
      }),
      { numRuns: 2000 },
    ));

  test('is formatted at once', () =>
    fc.assert(
      fc.property(script, (source) => {
        const once = formatScript(source);
        expect(formatScript(once)).toBe(once);
      }),
      { numRuns: 2000 },
    ));

  test('keeps its comments', () => {
    for (const source of SCRIPTS) {
      const comments = (text: string) =>
        text.match(/^\s*\/\/.*$/gm)?.map((one) => one.trim()) ?? [];
      expect(comments(formatScript(source))).toEqual(comments(source));
    }
  });
});
