/** A script that asks so many questions, each answered by pressing 1. */
export function questions(count: number): string {
  return Array.from(
    { length: count },
    (_, i) => `[${i === 0 ? 'start' : `n${i}`}]
Thank you for calling Harbour Dental. This is question ${i}. Press 1 to go on.
-> 1: ${i === count - 1 ? 'END #confirmed' : `n${i + 1}`}
-> else: END #no_response
`,
  ).join('');
}
