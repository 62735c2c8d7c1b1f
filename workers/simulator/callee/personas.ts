import { seededRandom } from '../random.ts';
import { Persona, type PersonaInput } from './persona.ts';

type RingingInput = PersonaInput['attempts'][number];
type Answer = Extract<RingingInput, { outcome: 'answers' }>;

const answers = (rest: Omit<Answer, 'outcome'>): Answer => ({ outcome: 'answers', ...rest });
const presses = (keys: string): Answer => answers({ reactions: [{ do: { press: keys } }] });
const speaks = (say: string, confidence = 0.9): Answer =>
  answers({ reactions: [{ do: { say, confidence } }] });

const DECLARED = {
  'presses-1': { attempts: [presses('1')] },
  'presses-2': { attempts: [presses('2')] },
  'presses-9': { attempts: [presses('9')] },
  'barges-in-1': {
    attempts: [answers({ reactions: [{ bargeInSeconds: 1, do: { press: '1' } }] })],
  },
  'speaks-yes': { attempts: [speaks('yes')] },
  'speaks-no': { attempts: [speaks('no thank you')] },
  mumbles: { attempts: [speaks('mmm', 0.2)] },
  silent: { attempts: [answers({})] },
  'silent-then-presses-1': {
    attempts: [answers({ reactions: [{ onPrompt: 1, do: 'silence' }, { do: { press: '1' } }] })],
  },
  'hangs-up': { attempts: [answers({ hangUpAfterSeconds: 4 })] },
  voicemail: {
    attempts: [
      answers({
        ringSeconds: 20,
        greeting: 'You have reached my voicemail. Please leave a message after the tone.',
        machine: { greetingSeconds: 6 },
        hangUpAfterSeconds: 120,
      }),
    ],
  },
  'leaves-message': {
    attempts: [
      answers({
        reactions: [
          { heard: 'beep', do: { say: 'Please call me back about my bill', seconds: 8 } },
        ],
      }),
    ],
  },
  'talks-to-agent': { attempts: [answers({ hangUpAfterSeconds: 45 })] },
  agent: { attempts: [answers({ ringSeconds: 4, hangUpAfterSeconds: 30 })] },
  'screens-calls': {
    attempts: [
      answers({
        reactions: [
          { onPrompt: 1, do: { say: 'Please state your name and the reason for your call' } },
          { do: { press: '1' } },
        ],
      }),
    ],
  },
  'taken-for-machine': {
    attempts: [
      answers({
        detection: { verdict: 'machine_start', afterSeconds: 6 },
        reactions: [{ bargeInSeconds: 1, do: { press: '1' } }],
      }),
    ],
  },
  busy: { attempts: [{ outcome: 'busy' }] },
  'no-answer': { attempts: [{ outcome: 'no-answer' }] },
  failed: { attempts: [{ outcome: 'failed', sipCode: 404 }] },
  'carrier-trouble': { attempts: [{ outcome: 'failed', sipCode: 503 }] },
  invalid: { attempts: [{ outcome: 'invalid' }] },
  'busy-then-presses-1': { attempts: [{ outcome: 'busy' }, presses('1')] },
  'no-answer-then-speaks-yes': { attempts: [{ outcome: 'no-answer' }, speaks('yes')] },
} satisfies Record<string, PersonaInput>;

export type PersonaName = keyof typeof DECLARED;

export const PERSONAS: ReadonlyMap<string, Persona> = new Map(
  Object.entries(DECLARED).map(([name, persona]) => [name, Persona.parse(persona)]),
);

/** Share of each persona among numbers that nobody declared, in hundredths. */
const DEFAULT_MIX: readonly (readonly [PersonaName, number])[] = [
  ['presses-1', 45],
  ['speaks-yes', 15],
  ['barges-in-1', 5],
  ['silent-then-presses-1', 5],
  ['silent', 4],
  ['hangs-up', 4],
  ['voicemail', 4],
  ['no-answer', 6],
  ['busy', 3],
  ['busy-then-presses-1', 4],
  ['no-answer-then-speaks-yes', 3],
  ['failed', 2],
];

export function defaultPersonaName(seed: string, number: string): PersonaName {
  let draw = seededRandom(seed, number)() * 100;
  for (const [name, share] of DEFAULT_MIX) {
    draw -= share;
    if (draw < 0) return name;
  }
  return 'presses-1';
}

/** A persona as the store keeps it: a declared name or an inline description. */
export function resolvePersona(stored: string): Persona {
  return PERSONAS.get(stored) ?? Persona.parse(JSON.parse(stored));
}
