import { normalisePhrase } from './normalise.ts';
import type { ClassName } from './types.ts';

/**
 * Strong cues count wherever they are said; weak ones only as the whole answer ("right" alone is a
 * yes, "the right one" is not). `NUMBER` stands for any number.
 */
export type Cue = { readonly tokens: readonly string[]; readonly isWeak: boolean };

export const NUMBER = '#number';

export function cuesOf(name: ClassName): readonly Cue[] {
  const known = CACHE.get(name);
  if (known !== undefined) return known;
  const { strong, weak } = PHRASES[name];
  const cues = [...compile(strong, false), ...compile(weak, true)];
  CACHE.set(name, cues);
  return cues;
}

/** What a carrier is told to expect for a class. */
export function classHints(name: ClassName): readonly string[] {
  return phrasesOf(PHRASES[name].strong).slice(0, HINTS_PER_CLASS);
}

const HINTS_PER_CLASS = 4;
const CACHE = new Map<ClassName, readonly Cue[]>();

const phrasesOf = (text: string) =>
  text
    .split(/[|\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '' && phrase !== NUMBER);

function compile(text: string, isWeak: boolean): readonly Cue[] {
  if (text === NUMBER) return [{ tokens: [NUMBER], isWeak }];
  return phrasesOf(text).map((phrase) => ({ tokens: normalisePhrase(phrase), isWeak }));
}

const PHRASES: Readonly<Record<ClassName, { readonly strong: string; readonly weak: string }>> = {
  yes: {
    strong: `yes|yeah|yep|yup|yeap|yea|uh huh|mm hmm|absolutely|definitely|certainly|of course|indeed
      sure thing|for sure|no problem|not a problem|no worries|no doubt|without a doubt|why not
      that is right|that is correct|that is true|that is fine|that is it|that is accurate|it is true
      correct|affirmative|exactly|precisely|agreed|agree|confirm|confirmed|you got it|you bet
      sounds good|sounds great|sounds fine|that works
      that would be great|that would be good|that would be fine|that would be awesome|i would love to
      i will be there|i can make it|i confirm|i can confirm|you are right|you are correct
      very true|totally true|not false|is true|be true|seems true|appears true|is a fact|is the truth|statement was correct|all right|alright
      fine by me|fine with me|count me in|gladly|with pleasure|by all means|no objection
      can not wait|do not see why not|not bad idea`,
    weak: `ya|ok|okay|sure|right|true|fine|good|great|perfect|positive|i do|i am|i will|i can|we do|we can
      it is|it does|he is|she is|speaking|this is she|this is he|please do|do it|do that|go ahead|works for me|got it|cool|both`,
  },
  no: {
    strong: `no|nope|nah|naw|nay|nada|uh uh|no way|no thanks|no thank you|not really|not at all|not true
      not right|not correct|not the case|not possible|not good|not now|not today|not interested
      definitely not|definitely no|absolutely not|certainly not|of course not|probably not|not a chance
      i do not think so|do not think so|i think not|can not make it|no i do not|no i am not
      i do not want|do not do that|not that|not what i want
      negative|incorrect|inaccurate|untrue|is false|that is false|it is false|be false|false for sure|a false
      that is wrong|is wrong|you are wrong|disagree|never|i would rather not|i will pass|i refuse
      hard pass|seems not|i am afraid not|definitely false|completely false|totally wrong
      erroneous|not even close|no good|no chance`,
    weak: `false|wrong|pass|not|not me|not yet|do not|can not|i do not|i can not|i will not|i am not
      we do not|we can not|it is not|it does not`,
  },
  maybe: {
    strong: `maybe|perhaps|possibly|i do not know|do not know|not sure|not certain|not quite sure|unsure
      uncertain|no idea|no clue|not a clue|have a clue|who knows|it depends|depends|either one
      could be either|might be either|it is possible|could be possible|have to think about it
      let me think|can not decide|can not tell|can not say|can not answer|make up my mind|i might
      hard to say|not confident|do not have the answer|do not have an answer`,
    weak: 'either|both maybe|might|could be|i guess|beats me',
  },
  repeat: {
    strong: `repeat that|repeat it|repeat yourself|repeat the question|repeat the message|repeat again
      can you repeat|could you repeat|would you repeat|will you repeat|please repeat|repeat what
      repeat your last|repeat the last|say that again|say it again|say again|say that one more time
      say it one more time|say what you|one more time|once more|come again|another time please
      what did you say|what did you just say|what was that|what was the question|pardon me
      i beg your pardon|did not hear|did not catch|did not get that|did not understand
      could not hear|can not hear you|missed that|missed what you said|ask the question again
      tell me again|tell me what you just said|repeat please|that repeated|replay that|run that by me`,
    weak: 'repeat|pardon|what|again|sorry|sorry what|excuse me|huh',
  },
  agent: {
    strong: `an agent|live agent|real agent|human agent|speak to an agent|talk to an agent
      representative|customer service|operator|speak to a person|talk to a person|talk to a human|speak to a human
      speak to someone|talk to someone|speak with someone|talk with someone|speak to somebody
      talk to somebody|speak with an agent|a manager|a supervisor|transfer me|connect me|put me through|i want a human|want a person|want a real person`,
    weak: 'agent|human|a human|real human|real person|live person|human being|actual person|person|someone|people|help|receptionist|front desk',
  },
  stop: {
    strong: `stop calling|stop these calls|stop the calls|stop phoning|stop contacting|quit calling
      stop texting|stop messaging|stop bothering me|take me off|take my number off|take us off
      remove me|remove my number|remove us from|delete my number|off your list|off the list
      do not call|never call|do not contact|do not phone|do not text|unsubscribe|opt out|opt me out
      put me on your do not call|lose my number|no more calls|leave me alone`,
    weak: 'stop|stop it|stop now|stop that|stop stop|stop this|end|quit',
  },
  cancel: {
    strong: `cancel|canceled|cancelled|canceling|cancelling|cancellation|call it off|call off|never mind|nevermind|forget it|forget that
      forget about it|abort|discontinue|terminate|undo|scratch that|do not need it anymore
      do not want it anymore|changed my mind|stop doing that|drop it`,
    weak: 'stop|halt|quit|stop that|stop it|pause',
  },
  bye: {
    strong: `goodbye|good bye|bye|bye bye|see you later|see you soon|see you around|see you again|see ya
      talk to you later|talk later|talk soon|farewell|good night|have a good day|have a nice day
      have a good one|have a great day|take care|catch you later|got to go|have to go|need to go
      got to run|have to run|so long|until next time|adios|ciao|that is all`,
    weak: 'later|peace|cheers|take it easy|nothing else',
  },
  later: {
    strong: `later today|later on|another time|some other time|call back|call me back|call again
      call later|call me later|try again later|not a good time|bad time|busy right now|i am busy
      in a meeting|i am driving|at work right now|can not talk|call tomorrow|call me tomorrow
      in an hour|in a few minutes|next week|maybe later`,
    weak: 'later|not now|tomorrow|tonight|busy|in a bit|not right now',
  },
  wrong_number: {
    strong: `wrong number|wrong person|wrong phone|incorrect number|no one by that name|nobody by that name
      no one here by that name|nobody here by that name|not my name|not me you want|not the right person
      not the right number|does not live here|do not live here|no longer lives here|no such person
      do not know that person|do not know who that is|do not know him|do not know her
      never heard of him|never heard of her|never heard of them|you have the wrong|got the wrong`,
    weak: 'not me|not him|not her|that is not me|i am not him|i am not her|who is that',
  },
  number: { strong: NUMBER, weak: '' },
};
