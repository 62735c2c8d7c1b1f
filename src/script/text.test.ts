import { describe, expect, test } from 'vitest';
import { collectFaults } from './diagnostic.ts';
import { kindOf } from './line-kind.ts';
import { parseTemplate } from './parse-template.ts';
import { renderDiagnostics } from './print-diagnostics.ts';
import { locate, splitLines } from './source.ts';
import { splitSentences } from './split-sentences.ts';
import { nearest } from './suggest.ts';
import { tokenize } from './tokens.ts';

describe('lines', () => {
  test('end with any of three endings', () =>
    expect(splitLines('a\r\nb\rc\n\nd').map(({ text }) => text)).toEqual(['a', 'b', 'c', '', 'd']));

  test('a byte order mark has no column', () => {
    const lines = splitLines('\ufeffab\nc');
    expect(lines[0]).toEqual({ number: 1, start: 1, text: 'ab' });
    expect(locate(lines, { start: 2, end: 3 })).toEqual({ line: 1, column: 2, length: 1 });
    expect(locate(lines, { start: 4, end: 5 })).toEqual({ line: 2, column: 1, length: 1 });
  });

  test.each([
    ['', 'blank'],
    ['// x', 'comment'],
    ['[x]', 'node'],
    ['-> x', 'branch'],
    ['@x', 'directive'],
    ['\\@x', 'speech'],
    ['/ x', 'speech'],
    ['- > x', 'speech'],
  ])('%j is %s', (text, kind) => expect(kindOf(text)).toBe(kind));
});

describe('tokens', () => {
  const read = (text: string) =>
    tokenize(text, 0).map(({ kind, text: of, isOpen }) => `${kind} ${of}${isOpen ? ' open' : ''}`);
  test.each([
    ['1, "a b": x', ['number 1', 'symbol ,', 'string a b', 'symbol :', 'word x']],
    ['*, #: x #y', ['symbol *', 'symbol ,', 'symbol #', 'symbol :', 'word x', 'outcome #y']],
    ['"a \\" b"', ['string a \\" b']],
    ['“a” „b“', ['string a', 'string b']],
    ['"a', ['string a open']],
    ['"a\\', ['string a\\ open']],
    ['@yes no-input', ['class @yes', 'word no-input']],
    ['500ms 6s 1.5m 2x', ['duration 500ms', 'duration 6s', 'duration 1.5m', 'number 2', 'word x']],
    ['a.b >= 1.5', ['word a.b', 'symbol >=', 'number 1.5']],
    ['agent->x', ['word agent', 'symbol ->', 'word x']],
    ['prénom ☎', ['word prénom', 'symbol ☎']],
    ['', []],
  ])('%s', (text, tokens) => expect(read(text)).toEqual([...tokens, 'end ']));

  test('spans are offsets in the source', () =>
    expect(tokenize(' ab "c"', 10).map(({ span }) => [span.start, span.end])).toEqual([
      [11, 13],
      [14, 17],
      [17, 17],
    ]));
});

describe('sentences', () => {
  const split = (text: string) => {
    const { report } = collectFaults();
    return splitSentences(parseTemplate(text, 0, report)).map(({ span }) =>
      text.slice(span.start, span.end),
    );
  };
  test.each([
    ['One. Two? Three!', ['One.', 'Two?', 'Three!']],
    ['Hi {{name}}. {{other}} is here.', ['Hi {{name}}.', '{{other}} is here.']],
    ['See Dr. Lee on St. John St. Bring a card.', ['See Dr. Lee on St. John St. Bring a card.']],
    ['Come at 9 a.m. Monday.', ['Come at 9 a.m. Monday.']],
    ['It costs 3.50 dollars. OK?', ['It costs 3.50 dollars.', 'OK?']],
    ['Wait... what? "Yes." He left.', ['Wait... what?', '"Yes."', 'He left.']],
    ['J. Smith called. So did I. Bye.', ['J. Smith called.', 'So did I.', 'Bye.']],
    ['Really?! Yes.', ['Really?!', 'Yes.']],
    ['lower. case stays.', ['lower. case stays.']],
    ['Call 555. 12 is the code.', ['Call 555. 12 is the code.']],
    ['Élan. Été.', ['Élan.', 'Été.']],
    ['{{a}}{{b}}', ['{{a}}{{b}}']],
  ])('%s', (text, sentences) => expect(split(text)).toEqual(sentences));
});

test.each([
  ['positve_node', 'positive_node'],
  ['postive_nod', 'positive_node'],
  ['nope', null],
  ['End', 'END'],
  ['elze', 'else'],
  ['els', null],
])('did you mean, for %s: %s', (word, meant) =>
  expect(nearest(word, ['positive_node', 'END', 'else'])).toBe(meant),
);

test('a diagnostic is shown with its line and a caret under the column', () => {
  const source = '[start]\n\t-> 1: lost';
  const diagnostic = {
    code: 'DS202',
    severity: 'error',
    message: 'No.',
    line: 2,
    column: 8,
    length: 4,
  } as const;
  expect(renderDiagnostics(source, [diagnostic], 'a.destiny')).toBe(
    'a.destiny:2:8: error DS202: No.\n  2 | \t-> 1: lost\n    | \t      ^^^^',
  );
});
