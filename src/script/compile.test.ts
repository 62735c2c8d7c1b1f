import { describe, expect, test } from 'vitest';
import { promptsOf, requiredVariables } from '../flow/prompts.ts';
import { renderSentence } from '../flow/sentences.ts';
import { compileScript } from './compile.ts';

const SAMPLE = `[start]
Hi {{firstName}}, this is Destiny calling from {{tenantName}}. How are you?
-> 1, "good", "great": positive_node
-> 2, "bad", "not well": negative_node

[positive_node]
That's wonderful! I'm calling to confirm your appointment.
-> END
`;

/** Small scripts introduce nobody and expect no silence. */
const isWorthy = ({ code }: { readonly code: string }) => code !== 'DS221' && code !== 'DS250';

const hashOf = async (source: string) => (await compileScript(source)).hash;

describe('the sample script', () => {
  test('is a draft with one warning', async () => {
    const { ok, flow, diagnostics } = await compileScript(SAMPLE);
    expect(ok).toBe(true);
    expect(diagnostics.filter(isWorthy)).toEqual([
      {
        code: 'DS202',
        severity: 'warning',
        message: 'No node is called `negative_node`.',
        line: 4,
        column: 26,
        length: 13,
      },
    ]);
    expect(flow && requiredVariables(flow)).toEqual(['firstName', 'tenantName']);
  });

  test('cannot be published', async () => {
    const { ok, flow, diagnostics } = await compileScript(SAMPLE, { mode: 'publish' });
    expect(ok).toBe(false);
    expect(flow).not.toBeNull();
    expect(diagnostics.filter(isWorthy)).toMatchObject([
      { code: 'DS202', severity: 'error', line: 4 },
    ]);
  });

  test('says these sentences', async () => {
    const { flow } = await compileScript(SAMPLE);
    const variables = { firstName: 'Maria', tenantName: 'Acme Dental' };
    const texts = promptsOf(flow ?? expect.fail()).map(
      (sentence) => renderSentence(sentence, variables).text,
    );
    expect(texts.slice(0, 4)).toEqual([
      'Hi Maria, this is Destiny calling from Acme Dental.',
      'How are you?',
      "That's wonderful!",
      "I'm calling to confirm your appointment.",
    ]);
  });

  test('has a source map', async () => {
    const { sourceMap } = await compileScript(SAMPLE);
    expect(sourceMap.nodes.start).toEqual({
      name: { line: 1, column: 2, length: 5 },
      sentences: [
        { line: 2, column: 1, length: 62 },
        { line: 2, column: 64, length: 12 },
      ],
      branches: [
        { branch: { line: 3, column: 1, length: 36 }, target: { line: 3, column: 24, length: 13 } },
        { branch: { line: 4, column: 1, length: 38 }, target: { line: 4, column: 26, length: 13 } },
      ],
    });
  });
});

describe('the hash', () => {
  test.each([
    ['a comment', SAMPLE.replace('-> 1', '// aside\n-> 1')],
    ['blank lines', SAMPLE.replaceAll('\n', '\n\n')],
    ['white space', SAMPLE.replace('How are', '  How   are').replace('-> 1, ', '->1 ,')],
    ['Windows line endings', SAMPLE.replaceAll('\n', '\r\n')],
    ['old Mac line endings', SAMPLE.replaceAll('\n', '\r')],
    ['a byte order mark', `\ufeff${SAMPLE}`],
    ['curly quotes round phrases', SAMPLE.replace('"good"', '“good”')],
    ['indentation', SAMPLE.replaceAll('\n', '\n  ')],
    ['a default spelled out', `@timeout 6s\n${SAMPLE}`],
  ])('stays with %s', async (_, source) => expect(await hashOf(source)).toBe(await hashOf(SAMPLE)));

  test.each([
    ['a word', SAMPLE.replace('Hi', 'Hello')],
    ['a stop', SAMPLE.replace('you?', 'you.')],
    ['a phrase', SAMPLE.replace('"great"', '"grand"')],
    ['a target', SAMPLE.replace('-> END', '-> start')],
    ['a default', SAMPLE.replace('firstName', 'firstName | there')],
    ['an outcome', SAMPLE.replace('END', 'END #done')],
    ['a guard', SAMPLE.replace('positive_node\n', 'positive_node if a\n')],
    ['the voice', `@voice en-US-Chirp3-HD-Puck\n${SAMPLE}`],
    ['the speed', `@speed 1.2\n${SAMPLE}`],
    ['a retry text', `@retry 2 "What?"\n${SAMPLE}`],
    ['barge-in', SAMPLE.replace('Hi', '@bargein off\nHi')],
    ['a pause', SAMPLE.replace('Hi', '@pause 1s\nHi')],
  ])('changes with %s', async (_, source) =>
    expect(await hashOf(source)).not.toBe(await hashOf(SAMPLE)),
  );
});

describe('nothing usable', () => {
  test.each(['', '\ufeff', '// only a comment', 'only speech', '[END]\nHi'])(
    '%j',
    async (source) => {
      const { flow, hash, diagnostics } = await compileScript(source);
      expect(flow).toBeNull();
      expect(hash).toBeNull();
      expect(diagnostics.map(({ code }) => code)).toContain('DS201');
    },
  );
});

describe('places', () => {
  const placeOf = async (source: string) => {
    const [first] = (await compileScript(source)).diagnostics.filter(isWorthy);
    return first && [first.code, first.line, first.column, first.length];
  };
  test.each([
    ['[start]\n-> nowhere', ['DS202', 2, 4, 7]],
    ['\ufeff[start]\r\n-> nowhere', ['DS202', 2, 4, 7]],
    ['\ufeff[start', ['DS101', 1, 1, 6]],
    ['[start]\r-> nowhere', ['DS202', 2, 4, 7]],
    ['[start]\n\t-> 1: nowhere', ['DS202', 2, 8, 7]],
    ['[start]\n-> "😀 hi", @hm: END', ['DS203', 2, 13, 3]],
    ['[start]\n-> "yes: END\n-> END', ['DS120', 2, 4, 9]],
    ['[start]\n😀 {{a b}}\n-> END', ['DS130', 2, 4, 7]],
  ])('%j', async (source, place) => expect(await placeOf(source)).toEqual(place));
});

test('P codes: a warning in a draft, an error when published', async () => {
  const source = '[hello]\nHi.';
  const severities = async (mode: 'draft' | 'publish') =>
    (await compileScript(source, { mode })).diagnostics
      .filter(isWorthy)
      .map(({ code, severity }) => [code, severity]);
  expect(await severities('draft')).toEqual([
    ['DS201', 'warning'],
    ['DS220', 'warning'],
  ]);
  expect(await severities('publish')).toEqual([
    ['DS201', 'error'],
    ['DS220', 'error'],
  ]);
});

test('the suggestion is part of the sentence', async () => {
  const { diagnostics } = await compileScript('[start]\n-> positve_node\n[positive_node]\n-> end');
  expect(diagnostics.map(({ message, suggestion }) => [message, suggestion])).toEqual([
    ['No node is called `positve_node`. Did you mean `positive_node`?', 'positive_node'],
    ['Nothing leads to the node `positive_node`.', undefined],
    ['No node is called `end`. Did you mean `END`?', 'END'],
  ]);
});

test('header settings reach the flow', async () => {
  const { flow, ok } = await compileScript(`@language en-GB
@voice en-GB-Chirp3-HD-Leda
@speed 0.9
@timeout 2500ms
@retry 3 "Pardon? Say \\"yes\\" or no." "Again, {{name}}."
@fallback start
@default name "friend"
@globals repeat, agent -> start
[start]
-> 1: END`);
  expect(ok).toBe(true);
  expect(flow?.settings).toMatchObject({
    language: 'en-GB',
    voice: 'en-GB-Chirp3-HD-Leda',
    speed: 0.9,
    timeoutMs: 2500,
    fallback: 'start',
    globals: { repeat: true, stop: false, agent: 'start' },
  });
  const spoken = flow?.settings.retry.prompts.map((prompt) =>
    prompt.map((sentence) => renderSentence(sentence, {}).text),
  );
  expect(spoken).toEqual([['Pardon?', 'Say "yes" or no.'], ['Again, friend.']]);
});

test('@globals none switches every command off', async () => {
  const { flow } = await compileScript('@globals none\n[start]\n-> END');
  expect(flow?.settings.globals).toEqual({ repeat: false, stop: false, agent: null });
});

test('speech may begin with a sign when a backslash stands before it', async () => {
  const { flow } = await compileScript(
    '[start]\n\\[A] b.\n\\@c\n\\-> d\n\\// e\n\\\\ f\n\\g\n-> END',
  );
  const [body] = flow?.nodes.start?.body ?? [];
  const texts =
    body?.type === 'say' ? body.sentences.map((one) => renderSentence(one, {}).text) : [];
  expect(texts).toEqual(['[A] b.', '@c', '-> d', '// e', '\\ f', '\\g']);
});

test('node names that JavaScript knows are only names', async () => {
  const { flow, ok } = await compileScript(
    '[constructor]\n-> __proto__\n[__proto__]\n-> 1: constructor',
  );
  expect(ok).toBe(true);
  expect(Object.keys(flow?.nodes ?? {})).toEqual(['constructor', '__proto__']);
});

test('operators bind as the grammar says', async () => {
  const { flow } = await compileScript('[start]\n-> END if not a == 1 + 2 - b or c and d\n-> END');
  expect(flow?.nodes.start?.branches[0]?.guard).toMatchObject({
    operator: 'or',
    left: {
      type: 'not',
      operand: {
        operator: '==',
        right: { operator: '-', left: { operator: '+' }, right: { path: 'b' } },
      },
    },
    right: { operator: 'and' },
  });
});
