import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { talk } from '../flow/talk.fixture.ts';
import type { Flow } from '../flow/types.ts';
import { compileScript } from './compile.ts';

async function flowOf(name: string): Promise<Flow> {
  const path = join(import.meta.dirname, 'fixtures/samples', `${name}.destiny`);
  const { flow, ok } = await compileScript(readFileSync(path, 'utf8'));
  if (flow === null || !ok) throw new Error(`${name} does not compile`);
  return flow;
}

const CONTACT = { firstName: 'Maria', tenantName: 'Acme Dental', appointmentDate: 'May 5' };
const QUESTION =
  'Hi Maria, this is Destiny calling from Acme Dental about your appointment on May 5. Can you make it?';

describe('the appointment script', async () => {
  const flow = await flowOf('appointment');
  const say = (...inputs: string[]) => talk(flow, inputs, CONTACT).lines;

  test.each([['yes I can make it'], ['1'], ['I confirm'], ['uh huh']])('%j confirms', (input) =>
    expect(say(input)).toEqual(['Wonderful! Dr. Lee will see you then.', '#confirmed', 'hangup']),
  );

  test('no, then yes to a call', () =>
    expect(say("no I can't", 'yes please')).toEqual([
      "We'll call you to find a new time.",
      '#rescheduled',
      'hangup',
    ]));

  test.each([
    ["I'd like to cancel it", '#cancelled'],
    ['you have the wrong number', '#wrong_number'],
    ['take me off your list', '#opted_out'],
  ])('%j has the outcome %s', (input, outcome) => expect(say(input)).toContain(outcome));

  test('an answer to something else is asked again', () =>
    expect(say('what is the weather in Boston')).toEqual([
      "Sorry, I didn't catch that.",
      QUESTION,
      'listen',
    ]));

  test('repeat costs no try', () => {
    expect(say('could you say that again')).toEqual([QUESTION, 'listen']);
    expect(say('pardon', 'pardon', 'pardon', '')[0]).toBe("Sorry, I didn't catch that.");
  });

  test('silence ends at the fallback node', () =>
    expect(say('', '', '')).toEqual(['Thanks for your time. Goodbye.', 'hangup']));

  test('a contact without a first name hears the default', () =>
    expect(talk(flow, [], { ...CONTACT, firstName: '' }).lines[0]).toMatch(/^Hi there, /));
});

describe('the survey script', async () => {
  const flow = await flowOf('survey');
  const variables = { tenantName: 'Acme', 'doctor.lastName': 'Lee' };
  const ASK =
    'How was your visit with Dr. Lee at 9 a.m. on St. John Street? Press 1 for good, 2 for bad.';

  test('goes from node to node until one listens', () =>
    expect(talk(flow, [], variables).lines).toEqual([
      'Hi there! This is a short survey for Acme.',
      'pause 500',
      ASK,
      'listen',
    ]));

  test('a later node keeps the outcome', () => {
    const { lines, state } = talk(flow, ['great'], variables);
    expect(lines).toEqual([
      '#good',
      '// That is wonderful there. You answered question 1.',
      'hangup',
    ]);
    expect(state.outcome).toBe('good');
  });

  test('guards count the visits, reprompts do not', () => {
    expect(talk(flow, ['purple'], variables).lines[0]).toBe('I did not get that, friend.');
    expect(talk(flow, ['purple', 'purple'], variables).lines).toEqual([ASK, 'listen']);
    expect(talk(flow, ['purple', 'purple', 'purple', ''], variables).lines).toEqual([
      'No problem, another time.',
      '#no_answer',
      'hangup',
    ]);
  });

  test('an agent by key, by word and from anywhere', () => {
    for (const input of ['0', 'operator', 'let me talk to a human']) {
      expect(talk(flow, [input], variables).lines).toEqual([
        'Someone will call you back.',
        '#callback',
        'hangup',
      ]);
    }
  });

  test('barge-in is off where the script says so', () => {
    const listen = talk(flow, [], variables).effects.at(-1);
    expect(listen).toMatchObject({ type: 'listen', bargeIn: false, timeoutMs: 8000, maxDigits: 1 });
  });
});
