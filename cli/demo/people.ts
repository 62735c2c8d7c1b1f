import { pick, seededRandom } from './random.ts';

export type Person = {
  readonly externalId: string;
  readonly number: string;
  readonly fields: Readonly<Record<string, string>>;
  /** How this person behaves when called; the simulator's word for it. */
  readonly persona: unknown;
  readonly kind: string;
};

const NAMES =
  `Maria James Aisha Wei Olivia Noah Priya Lucas Emma Mateo Sofia Ethan Fatima Liam Chloe
Omar Grace Daniel Mei Hannah Carlos Ruth Ivan Zara Samuel Nora Hugo Amara Leo Ingrid Tomas Leila
Arthur Yuki Elena Marcus Anika Felix Rosa Victor Dalia Oscar Paula Simon Tara Bruno Keiko Ahmed
Julia Peter`.split(/\s+/) as [string, ...string[]];
const DOCTORS: [string, ...string[]] = ['Doctor Patel', 'Doctor Lopez', 'Doctor Kim'];
const SLOTS: [[string, string], ...[string, string][]] = [
  ['Tuesday', 'ten in the morning'],
  ['Wednesday', 'half past two'],
  ['Thursday', 'nine in the morning'],
  ['Friday', 'a quarter past four'],
];

const answers = (reactions: readonly unknown[], rest: object = {}) => ({
  outcome: 'answers',
  ringSeconds: 6,
  reactions,
  ...rest,
});
const press = (onPrompt: number, keys: string) => ({ onPrompt, do: { press: keys } });
const say = (onPrompt: number, words: string) => ({ onPrompt, do: { say: words } });
const once = (attempt: unknown) => ({ attempts: [attempt] });
const yes = answers([press(1, '1'), press(2, '2')]);

/** Who picks up, in hundredths; what they do on each question of the script. */
const KINDS: readonly (readonly [string, number, unknown])[] = [
  ['presses 1', 28, once(yes)],
  ['presses 1 early', 8, once(answers([{ onPrompt: 1, bargeInSeconds: 3, do: { press: '1' } }]))],
  ['says yes', 14, once(answers([say(1, 'yes I will be there'), say(2, 'no thanks')]))],
  ['asks the way', 6, once(answers([say(1, 'yeah that works'), say(2, 'yes please')]))],
  ['reschedules', 7, once(answers([say(1, "I can't make it"), press(2, '1')]))],
  ['wants a call back', 4, once(answers([press(1, '2'), say(2, 'call me')]))],
  ['cancels', 4, once(answers([press(1, '3'), say(2, 'yes')]))],
  ['wants no calls', 3, once(answers([say(1, 'please stop calling me')]))],
  ['is somebody else', 2, once(answers([say(1, 'you have the wrong number')]))],
  ['mumbles, then presses 1', 3, once(answers([say(1, 'purple elephant'), press(2, '1')]))],
  ['stays silent', 3, once(answers([]))],
  ['hangs up', 4, once(answers([], { hangUpAfterSeconds: 8 }))],
  ['is busy, then answers', 4, { attempts: [{ outcome: 'busy' }, yes] }],
  ['is out, then answers', 4, { attempts: [{ outcome: 'no-answer' }, yes] }],
  ['is always busy', 2, once({ outcome: 'busy' })],
  ['has a dead number', 2, once({ outcome: 'failed', sipCode: 404 })],
  ['has a bad line, then answers', 2, { attempts: [{ outcome: 'failed', sipCode: 503 }, yes] }],
];

/** The same people for the same seed: at most 50 first names, 12 appointments, mixed manners. */
export function people(count: number, seed: number): Person[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const [kind, , persona] = kindOf(random() * 100);
    const [day, time] = pick(random, SLOTS);
    return {
      externalId: `demo-${i + 1}`,
      number: `+1212${String(5_550_000 + i).padStart(7, '0')}`,
      fields: { firstName: pick(random, NAMES), doctor: pick(random, DOCTORS), day, time },
      persona,
      kind,
    };
  });
}

function kindOf(draw: number): readonly [string, number, unknown] {
  let rest = draw;
  for (const kind of KINDS) {
    rest -= kind[1];
    if (rest < 0) return kind;
  }
  return ['presses 1', 0, once(yes)];
}
