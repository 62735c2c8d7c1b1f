import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASS_NAMES, EVENT_NAMES } from '../../flow/names.ts';
import { ACTION_NAMES, FORMAT_NAMES, HEADER_NAMES } from '../directives.ts';
import { completeAt } from './complete.ts';
import { CLASS_HELP, DIRECTIVE_HELP, EVENT_HELP, FORMAT_HELP } from './help.ts';
import { highlight } from './highlight.ts';
import { hoverAt } from './hover.ts';
import { lintScript } from './lint.ts';
import { outlineOf } from './outline.ts';

const SCRIPT = `@keywords @promise "I'll pay"
// ask
[start]
Hi {{firstName | there}}, see you on {{day:date}}?
@set tries = tries + 1
-> 1, @yes, "sure": glad #ok if tries > 1
-> no-input: END

[glad]
\\[Laughs] Fine.
-> END

@test "yes"
  caller "yes"
  at glad
`;

test('the outline', () =>
  expect(
    outlineOf(SCRIPT).map(({ kind, name, blockFrom, blockTo }) => [
      kind,
      name,
      SCRIPT.slice(blockFrom, blockTo).split('\n').length,
    ]),
  ).toEqual([
    ['node', 'start', 5],
    ['node', 'glad', 3],
    ['test', 'yes', 3],
  ]));

test('colours', () => {
  const parts = highlight(SCRIPT).map(({ from, to, kind }) => [kind, SCRIPT.slice(from, to)]);
  expect(parts).toEqual(
    expect.arrayContaining([
      ['comment', '// ask'],
      ['node', '[start]'],
      ['variable', '{{firstName | there}}'],
      ['speech', 'Hi '],
      ['arrow', '->'],
      ['key', '1'],
      ['class', '@yes'],
      ['string', '"sure"'],
      ['name', 'glad'],
      ['outcome', '#ok'],
      ['keyword', 'if'],
      ['event', 'no-input'],
      ['escape', '\\'],
      ['directive', '@test'],
      ['name', 'caller'],
    ]),
  );
});

test('colours and hovers never overlap and never fail', () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...SCRIPT.split(/(\s)/), '"', '{{', '\n', '\u{1F600}'), {
        maxLength: 40,
      }),
      (words) => {
        const source = words.join('');
        let end = 0;
        for (const { from, to } of highlight(source)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(source.length);
        outlineOf(source);
        for (let at = 0; at <= source.length; at += 7) {
          hoverAt(source, at);
          const found = completeAt(source, at);
          if (found !== null) expect(found.from).toBeLessThanOrEqual(found.to);
        }
      },
    ),
    { numRuns: 200 },
  ));

test.each([
  ['@', '@language'],
  ['@ti', '@timeout'],
  ['[start]\n@ca', '@capture'],
  ['[start]\n-> ', 'start'],
  ['[start]\n-> no-', 'no-input'],
  ['[start]\n-> 1: st', 'start'],
  ['[start]\n-> 1: RE', 'REPEAT'],
  ['[start]\n-> @y', '@yes'],
  ['@keywords @promise "a"\n[start]\n-> 1, @pr', '@promise'],
  ['[start]\nHi {{first', 'firstName'],
  ['[start]\nOn {{day:da', 'date'],
  ['@set\n[start]\n@set total = 1\n-> END if to', 'total'],
  ['@fallback st\n[start]', null],
])('%j completes to %j', (source, label) => {
  const labels = completeAt(source, source.length, ['firstName'])?.options.map((one) => one.label);
  if (label === null) expect(labels).toBeUndefined();
  else expect(labels).toContain(label);
});

test('a completion replaces the word it stands in', () => {
  const source = '[start]\n-> 1: staXX\n';
  expect(completeAt(source, source.indexOf('XX'))).toMatchObject({ from: 14, to: 19 });
  expect(completeAt('[start]\nplain speech', 12)).toBeNull();
});

test.each([
  ['@yes', CLASS_HELP.yes],
  ['glad #ok', 'The node on line 9: \\[Laughs] Fine.'],
  ['no-input', EVENT_HELP['no-input']],
  ['{{firstName', 'The variable `firstName`, or "there" when it is empty'],
  ['{{day', `The variable \`day\`, spoken as: ${FORMAT_HELP.date}`],
  ['@set', DIRECTIVE_HELP.set],
  ['#ok', 'Records the outcome `ok`'],
  ['Fine', null],
])('hovering over %j', (words, text) =>
  expect(hoverAt(SCRIPT, SCRIPT.indexOf(words))?.text ?? null).toBe(text),
);

test('lint has offsets and mendings', async () => {
  const source = '[start]\nThis is Ann, {{fristName}}.\n-> star';
  const lints = await lintScript(source, { knownVariables: ['firstName'] });
  expect(
    lints.map(({ code, from, to, fix }) => [code, source.slice(from, to), fix?.insert]),
  ).toEqual([
    ['DS132', '{{fristName}}', '{{firstName}}'],
    ['DS202', 'star', 'start'],
  ]);
});

test('there is help for every word', () => {
  expect(Object.keys(CLASS_HELP)).toEqual([...CLASS_NAMES]);
  expect(Object.keys(EVENT_HELP)).toEqual([...EVENT_NAMES]);
  expect(Object.keys(FORMAT_HELP)).toEqual([...FORMAT_NAMES]);
  expect(Object.keys(DIRECTIVE_HELP).sort()).toEqual(
    [...HEADER_NAMES, ...ACTION_NAMES, 'test'].sort(),
  );
});
