import { between, type Random } from '../random.ts';
import type { Action, Reaction, Ringing } from './persona.ts';

type Answering = Extract<Ringing, { outcome: 'answers' }>;

export type Plan = {
  readonly action: Action;
  /** From the beginning of the question; undefined when the callee hears it out. */
  readonly bargeInMs: number | undefined;
  /** From the end of the question. */
  readonly afterMs: number;
};

/** The person on the line: decides, once per question, what to do and when. */
export class Callee {
  readonly #script: Answering;
  readonly #random: Random;
  readonly #used = new Map<Reaction, number>();
  #turn = 0;

  constructor(script: Answering, random: Random) {
    this.#script = script;
    this.#random = random;
  }

  get turn(): number {
    return this.#turn;
  }

  answer(heard: string): Plan {
    this.#turn += 1;
    const naturalMs = between(this.#random, 600, 2000);
    const reaction = this.#script.reactions.find((each) => this.#applies(each, heard));
    if (reaction === undefined) {
      return { action: this.#script.otherwise, bargeInMs: undefined, afterMs: naturalMs };
    }
    this.#used.set(reaction, (this.#used.get(reaction) ?? 0) + 1);
    return {
      action: reaction.do,
      bargeInMs: reaction.bargeInSeconds === undefined ? undefined : reaction.bargeInSeconds * 1000,
      afterMs: reaction.afterSeconds === undefined ? naturalMs : reaction.afterSeconds * 1000,
    };
  }

  #applies(reaction: Reaction, heard: string): boolean {
    if (reaction.onPrompt !== undefined && reaction.onPrompt !== this.#turn) return false;
    if (reaction.times !== undefined && (this.#used.get(reaction) ?? 0) >= reaction.times) {
      return false;
    }
    return reaction.heard === undefined || new RegExp(reaction.heard, 'i').test(heard);
  }
}
