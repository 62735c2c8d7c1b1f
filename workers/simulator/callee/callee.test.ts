import { describe, expect, it } from 'vitest';
import { Callee } from './callee.ts';
import { Persona, ringingOf } from './persona.ts';
import { defaultPersonaName, PERSONAS, resolvePersona } from './personas.ts';

function callee(reactions: object[], otherwise?: unknown): Callee {
  const persona = Persona.parse({
    attempts: [
      { outcome: 'answers', reactions, ...(otherwise === undefined ? {} : { otherwise }) },
    ],
  });
  const ringing = ringingOf(persona, 1);
  if (ringing.outcome !== 'answers') throw new Error('expected an answer');
  return new Callee(ringing, () => 0.5);
}

describe('a callee', () => {
  it('answers by the number of the question', () => {
    const one = callee([
      { onPrompt: 2, bargeInSeconds: 1.5, do: { press: '2' } },
      { onPrompt: 1, afterSeconds: 0, do: { say: 'yes' } },
    ]);
    expect(one.answer('')).toEqual({
      action: { say: 'yes', confidence: 0.9 },
      bargeInMs: undefined,
      afterMs: 0,
    });
    expect(one.answer('')).toEqual({
      action: { press: '2', gapSeconds: 0.4 },
      bargeInMs: 1500,
      afterMs: 1300,
    });
    expect(one.answer('').action).toBe('silence');
    expect(one.turn).toBe(3);
  });

  it('answers by what it heard, as often as declared, then otherwise', () => {
    const one = callee([{ heard: 'name|call you', times: 1, do: { say: 'Maria' } }], 'hang-up');
    expect(one.answer('hello').action).toBe('hang-up');
    expect(one.answer('What is your NAME?').action).toMatchObject({ say: 'Maria' });
    expect(one.answer('What is your name?').action).toBe('hang-up');
  });
});

describe('personas', () => {
  it('vary by attempt; the last repeats', () => {
    const persona = PERSONAS.get('busy-then-presses-1');
    if (persona === undefined) throw new Error('missing persona');
    expect([1, 2, 3].map((attempt) => ringingOf(persona, attempt).outcome)).toEqual([
      'busy',
      'answers',
      'answers',
    ]);
  });

  it('are given to undeclared numbers by seed and number', () => {
    const numbers = Array.from({ length: 2000 }, (_, n) => `+1415${String(5_550_000 + n)}`);
    const names = numbers.map((number) => defaultPersonaName('seed', number));
    expect(numbers.map((number) => defaultPersonaName('seed', number))).toEqual(names);
    const share = names.filter((name) => name === 'presses-1').length / names.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.5);
    expect(new Set(names).size).toBe(12);
  });

  it('resolve from a name or from JSON', () => {
    expect(resolvePersona('busy')).toEqual({ attempts: [{ outcome: 'busy', ringSeconds: 1 }] });
    expect(resolvePersona('{"attempts":[{"outcome":"no-answer"}]}').attempts).toHaveLength(1);
  });

  it.each([
    ['no attempts', { attempts: [] }],
    ['a wrong key', { attempts: [{ outcome: 'answers', otherwise: { press: 'A' } }] }],
    [
      'a broken pattern',
      { attempts: [{ outcome: 'answers', reactions: [{ heard: '(', do: 'silence' }] }] },
    ],
    ['an unknown field', { attempts: [{ outcome: 'busy', mood: 'bad' }] }],
  ])('refuse %s', (_name, input) => {
    expect(Persona.safeParse(input).success).toBe(false);
  });
});
