import type { CueTexts } from './classes.ts';

/** Who is on the telephone, and whether these calls are wanted at all. */
export const AGENT: CueTexts = {
  strong: `agent|representative|operator|customer service/support/care|live/real/human/actual agent/person/human/being|human being
    speak/talk/speaking/talking to/with a/an/the/your? real/live/actual/human? $who/being/people
    speak/talk to/with $who|a $who/real|want/need/give me? a? real? person/human|transfer/connect me|put me through
    get/give me a/an? live/real? $who/being|person i can talk|talk to a human`,
  weak: `$who|a/an $who|live/real/human|real live? person|someone|people|help|receptionist|front desk|reception`,
};

export const STOP: CueTexts = {
  strong: `stop/quit/cease $call/bothering/harassing/messaging/bugging/spamming/ringing/pestering|stop/quit the/these/all/your/with/sending $call/messages/texts
    stop bothering/harassing/pestering me/us|take/get me/us off of? the/your/this/all/any/these/that ... list/lists/calls/system/database|take/get me/us off list/lists|$drop my/our/this number/phone/contact number? off/from|$drop my/our name off/from of? ... list/lists/calls/system/database|take this number off
    $drop me/us from/off of? ... list/lists/calls/system/database/records|$drop me/us from/off list/lists/calls|delete/remove my/our/this number|off your/the calling/call/phone/contact/marketing list/lists
    not ever? $call me/us/here/this/again/anymore|not ever? $call my house/home/phone/number/cell|never ever? $call|not contact|unsubscribe|opt out|opt me/us out|opting out
    not want/need/wish you/anyone to $call|not want/need any? these/your/those/more/any more? $call
    stop/quit/enough with? the/these/all/your/this/those more? phone/robo? $call/calls/messages/texts/emails|stop/quit sending/making/giving me/us/these/those ... messages/texts/calls/anything|not you ever? $call me/us/here
    not want/need/wish to? get/receive/take any/these/your/those? more? phone? calls/texts/messages|not want/need you ... calling me/us/here|not want/wish to hear from you|not wish to be called/contacted/phoned/texted
    delete/erase my/our/this number/info/information|call registry|get off this/the/your list|block my number|not consent to|revoke/withdraw my consent
    not want to be called/contacted
    put me/us on your/the not call|on your/the not call list|not call list|lose my/this number|no more calls/phone/texts/messages|leave me/us alone`,
  weak: 'take me off|get me off|take us off|stop|stop it|remove me|remove us|off your list|stop now|stop that|stop stop|stop this|end|quit|do not call',
};

export const LATER: CueTexts = {
  strong: `later today|later on|another time|some/any other time|call/ring/phone me/us? back|call again|call/ring/phone/try me/us/again? later/tomorrow/tonight/monday/tuesday/wednesday/thursday/friday
    not a $nice time|bad time|wrong time|not the/a best/right time|busy right? now|i am busy|i am driving|i am in/at a/the meeting/work|in a meeting|in the middle of|at work right
    can not/hardly talk|can not speak right now|try again later|in an/a few hour/hours/minutes|next week|maybe later|not right now`,
  weak: 'later|not now|tomorrow|tonight|busy|in a bit|driving|at work|in a while|a bit later',
};

export const WRONG_NUMBER: CueTexts = {
  strong: `wrong/incorrect number/person/phone/guy/house/woman/man/lady|no 1/body ... by/with/of that/this name|nobody ... by/with that name|there is/are no 1/... here
    not the right person/number|not live here|no longer lives|no such person|not know that/this person|not know who that/he/she is
    not know him/her/them|never heard of him/her/them/that|have/got/dialed the wrong|not my name|misdialed|not him/her you`,
  weak: 'not me|not him|not her|that is not me|i am not him|i am not her|who is that',
};

/** Words that look like a cue and are none: heard by nobody, they only keep the cue from counting. */
export const NEUTRAL: CueTexts = {
  strong: `no 1/body/matter/longer/more/less/later/other/sooner|nobody|right now/away/here/there/hand/side/after/before/1/place/way|the right|all right so
    good morning/afternoon/evening/day/luck/grief/question/looking/job|great job|$nice to see/meet/hear/have/know|thank/thanks you? again|thank/thanks you? for|are you a ... $who/robot/bot|are you a/an? $who/robot/bot
    i am good|stop by/in/at/over/sign|bus stop|non stop|why did you/it|yes or no|whether or not|if not|not only|are you sure|true story|for real
    never better|never been better|if i said/say yes/no|not forget/forgotten|it/that/this? is? right next/across/around/behind/by/near/in/at/on/up/down|if i/we $halt|if i/we want/wanted/have/had to $halt|cancellation fee/policy/charge|can/could/should/must/will/to? stop for|$say me? more about|turn off the/my|more about|missed your/my/a/the call|say goodbye to|how about you|how are you|what about you|how are things|thanks/thank you? for asking|how is it going|bad connection/line/reception/signal/time|line/connection be bad|end of the|can you confirm|not the only|how come|bye the way|no kidding|in no|not far`,
  weak: '',
};
