import type { Sentence } from '../flow/types.ts';

const sentence = (text: string): Sentence => ({ kind: 'static', parts: [{ type: 'text', text }] });

/** What the engine says when the author has not said it. */
export const RETRY_COUNT = 2;
export const RETRY_PROMPTS: readonly (readonly Sentence[])[] = [
  [sentence("Sorry, I didn't catch that.")],
  [sentence("I'm sorry, I still didn't get that.")],
];
export const TEXTS = {
  goodbye: [sentence('Thank you for your time.'), sentence('Goodbye.')],
  confirmStop: [
    sentence('Would you like us to stop calling you?'),
    sentence('Say yes or press 1 to stop these calls, or say no to go on.'),
  ],
  stopped: [sentence("You won't get any more calls from us."), sentence('Goodbye.')],
} as const;
