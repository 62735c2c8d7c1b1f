import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVENT_NAMES } from '../flow/names.ts';
import { promptsOf, requiredVariables } from '../flow/prompts.ts';
import { FLOW_SCHEMA } from '../flow/schema.ts';
import { schemaFaults } from '../flow/schema-faults.fixture.ts';
import { renderSentence } from '../flow/sentences.ts';
import { initialState } from '../flow/state.ts';
import { step } from '../flow/step.ts';
import type { Flow, FlowInput } from '../flow/types.ts';
import { compileScript } from './compile.ts';
import { renderDiagnostics } from './print-diagnostics.ts';
import { splitLines } from './source.ts';

const FOLDER = join(import.meta.dirname, 'fixtures');
const SCRIPTS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(?:destiny|script)$/.test(path))
  .map((path) => readFileSync(join(FOLDER, path), 'utf8'));

const FRAGMENTS = [
  '[',
  ']',
  '->',
  '{{',
  '}}',
  '|',
  '"',
  '“',
  ':',
  ',',
  '@',
  '#',
  '\\',
  '//',
  '\r',
  '\n',
  '\ufeff',
  '\u0000',
  '\ud83d',
  'if ',
  'not ',
  '(',
  '@set a = ',
  '@retry 2 "',
  '@test "x"\n  ',
  '-> END if a == 1\n',
  '[start]\n',
  '@capture a digits 4 "Again?" sensitive\n',
  '@capture day date\n-> ok: END\n',
  '@transfer agents timeout 5s\n-> busy: start\n',
  '@voicemail max 9s\n',
  '@webhook GET https://example.com/{{a}} timeout 1s\n-> error: REPEAT\n',
  '@sms "Hi {{a:phone}}."\n',
  '@hours open mon-fri 09:00-17:30 except 2026-12-25\n',
  '@keywords @mine "a", "b c"\n',
  '@pronounce "a" x\n',
  '-> open: start\n-> closed: END\n',
  '{{a:date long}} {{a:currency EUR | x}}',
];
/** DESTINY_FUZZ_RUNS asks for more than fits into a test run that people wait for. */
const RUNS = Number(process.env.DESTINY_FUZZ_RUNS ?? 20_000);

const fragment = fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ unit: 'grapheme' }));
const anyText = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''));

/** A real script with a few places cut out or overwritten. */
const mutated = fc
  .tuple(
    fc.constantFrom(...SCRIPTS),
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(6), fragment), {
      maxLength: 6,
    }),
  )
  .map(([script, cuts]) =>
    cuts.reduce((text, [place, length, insert]) => {
      const at = Math.floor(place * text.length);
      return text.slice(0, at) + insert + text.slice(at + length);
    }, script),
  );

test('any text compiles to a valid flow or to none, and every fault lies inside it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyText, mutated), async (source) => {
      const { flow, diagnostics, ok } = await compileScript(source, { mode: 'publish' });
      const lines = splitLines(source);
      for (const { line, column, length, message } of diagnostics) {
        const text = lines[line - 1]?.text;
        expect(text).toBeDefined();
        expect(column).toBeGreaterThanOrEqual(1);
        expect(length).toBeGreaterThanOrEqual(0);
        expect(column - 1 + length).toBeLessThanOrEqual(text?.length ?? -1);
        expect(message).not.toBe('');
      }
      renderDiagnostics(source, diagnostics);
      if (ok) expect(flow).not.toBeNull();
      if (flow !== null) expect(schemaFaults(FLOW_SCHEMA, flow)).toEqual([]);
    }),
    { numRuns: RUNS / 4 },
  );
});

test('comments and blank lines between lines keep the hash', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...SCRIPTS),
      fc.infiniteStream(fc.nat(3)),
      async (script, dice) => {
        // A test's lines end at the first line that is not indented, so a comment would end it.
        fc.pre(!script.includes('@test') && !script.includes('a very long list'));
        const filler = ['', '\n', '\n// aside', '\n  // aside -> END'];
        const padded = script.replace(/\n/g, (end) => `${filler[dice.next().value ?? 0]}${end}`);
        expect((await compileScript(padded)).hash).toBe((await compileScript(script)).hash);
      },
    ),
    { numRuns: 50, maxSkipsPerRun: 1000 },
  );
});

const input: fc.Arbitrary<FlowInput> = fc.oneof(
  fc.constant({ type: 'start' } as const),
  fc.constant({ type: 'silence' } as const),
  fc
    .constantFrom('0', '1', '2', '12', '#', '')
    .map((digits) => ({ type: 'dtmf', digits }) as const),
  fc
    .oneof(
      fc.constantFrom('yes', 'no', 'stop', 'repeat', 'good', 'bad', 'not good', 'stop calling'),
      fc.constantFrom(
        'tomorrow',
        'two thirty pm',
        'one two three four',
        '\u{1F600}',
        'x'.repeat(5000),
      ),
      fc.string({ unit: 'grapheme' }),
    )
    .map((text) => ({ type: 'speech', text, confidence: null }) as const),
  fc
    .tuple(
      fc.constantFrom(...EVENT_NAMES),
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double(), fc.constant(null))),
    )
    .map(([event, data]) => ({ type: 'result', event, data }) as const),
  fc.constant({ type: 'hangup' } as const),
);

/** What a turn that goes on ends with. */
const WAITING = ['listen', 'transfer', 'voicemail', 'webhook'];

test('any conversation goes on or ends, the same way each time', async () => {
  const flows = (await Promise.all(SCRIPTS.map((script) => compileScript(script)))).flatMap(
    ({ flow }) => flow ?? [],
  );
  fc.assert(
    fc.property(
      fc.constantFrom<Flow>(...flows),
      fc.dictionary(fc.constantFrom('firstName', 'tenantName', 'total'), fc.string()),
      fc.array(fc.tuple(input, fc.nat(120_000)), { maxLength: 70 }),
      (flow, variables, inputs) => {
        let now = 0;
        let state = initialState(flow, variables, now);
        for (const [event, wait] of inputs) {
          now += wait;
          const result = step(flow, state, event, now);
          expect(step(flow, structuredClone(state), event, now)).toEqual(result);
          const last = result.effects.at(-1)?.type;
          if (event.type !== 'hangup')
            expect(result.state.isEnded ? ['hangup'] : WAITING).toContain(last);
          if (state.isEnded) expect(result.state).toBe(state);
          expect(
            result.effects.every(({ id }, i) => id.index === i && id.turn === state.turn),
          ).toBe(true);
          state = result.state;
        }
      },
    ),
    { numRuns: RUNS / 20 },
  );
});

test('what a conversation says ahead of time was listed, and needs only the variables asked for', async () => {
  for (const script of SCRIPTS) {
    const { flow } = await compileScript(script);
    if (flow === null) continue;
    const variables = Object.fromEntries(requiredVariables(flow).map((path) => [path, 'x']));
    const rendered = promptsOf(flow)
      .filter(({ kind }) => kind !== 'live')
      .map((sentence) => renderSentence(sentence, variables));
    expect(rendered.flatMap(({ missing }) => missing)).toEqual([]);
    const listed = new Set(rendered.map(({ text }) => text));
    fc.assert(
      fc.property(fc.array(input, { maxLength: 12 }), (inputs) => {
        let state = initialState(flow, variables, 0);
        for (const event of inputs) {
          const result = step(flow, state, event, 0);
          state = result.state;
          const said = result.effects.flatMap((effect) =>
            effect.type === 'say' ? effect.sentences : [],
          );
          for (const { text, kind } of said) if (kind !== 'live') expect(listed).toContain(text);
        }
      }),
      { numRuns: 40 },
    );
  }
});

const MANY = 20_000;
test.each([
  ['dots', '.'.repeat(MANY)],
  ['open variables', '{{'.repeat(MANY)],
  ['variables', '{{a}}. '.repeat(MANY)],
  ['lines', 'Hi.\n'.repeat(MANY)],
  ['quotes', `-> ${'"'.repeat(MANY)}`],
  ['phrases', `-> ${'"a",'.repeat(MANY)}: END`],
  ['keys', `-> ${Array.from({ length: MANY }, (_, i) => i).join(',')}: END`],
  ['branches', '-> 1: nowhere\n'.repeat(MANY)],
  ['parentheses', `-> END if ${'('.repeat(MANY)}`],
  ['negations', `-> END if ${'not '.repeat(MANY)}a`],
])('very many %s are compiled in good time', async (_, body) => {
  const { flow } = await compileScript(`[start]\n${body}`);
  expect(flow?.entry).toBe('start');
});
