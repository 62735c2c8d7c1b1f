/** Numbers outside that callers are handed to; the phone company has people at them. */
export const OUTSIDE = '+12125550900';

/** What a caller hears: each key leads to another way of ending. */
export const MENU = `[start]
This is Harbour Dental. Press 1 to confirm, 2 for our office, 3 for an agent, or 4 to leave a message.
-> 1: END #confirmed
-> 2: office
-> 3: desk
-> 4: message
-> else: END #no_response

[office]
@transfer "${OUTSIDE}" timeout 30s
-> answered: END #transferred
-> busy: END #not_reached
-> no-answer: END #not_reached
-> failed: END #not_reached

[desk]
One moment, please.
@transfer agents timeout 120s
-> answered: END #transferred
-> busy: END #not_reached
-> no-answer: message
-> failed: END #not_reached

[message]
Please leave a message after the tone.
@voicemail max 30s
-> ok: END #left_message
-> no-input: END #said_nothing
`;

export const TEXTS = `@channels voice, sms
[start]
Harbour Dental: can you come tomorrow? Answer 1 for yes.
-> 1, @yes: thanks #confirmed
-> @no: END #declined
-> else: END #no_response

[thanks]
Thank you, see you tomorrow.
-> END
`;

/** A caller who presses this key, and speaks after a tone. */
export const presses = (key: string) => ({
  attempts: [
    {
      outcome: 'answers',
      reactions: [
        { heard: 'beep', do: { say: 'Please call me back about my bill', seconds: 6 } },
        { do: { press: key } },
      ],
    },
  ],
});
