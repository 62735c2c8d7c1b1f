import type { CueTexts } from './classes.ts';

/** What callers want done with the talk itself or with what it is about. */
export const REPEAT: CueTexts = {
  strong: `repeat/repeating/repeated/restate/reiterate/replay/rephrase that/it/this/yourself/what/again/please/the/your/over/my/those/louder
    would/could/can/will/may you? repeat/restate/reiterate/rephrase/replay
    that/it/this/me/you/to/for repeat/repeated/restated/rephrased
    $say ... $again|$say ... another/1/once/second time/more|another time please|$say that/it/me what you
    $say it/that/what you louder/slower/slowly|$say you said|i/to hear/know that/it/you? again
    reiterate|restate|back over that|what were you saying|once again|unable to hear|not able to hear|could not understand|$be not listening|was distracted|speak louder/slower/up|talk louder/slower
    hear that/it/this/the ... again|hear that/it/this again|
    said again|again please|1 more time|once more|another time please|1 more|come again|go again|run/go that/it/this/over by? me? again|go over
    what/wait did you say/mention/tell/ask/said|what did you just? say|what was that|what was it|what was the last/question/first|what was that last|what are/were/is the options/question/choices|what you just? said again
    what do you mean|what was the question|pardon/excuse me|beg your pardon|speak up|you are breaking up|breaking up|cutting out
    not hear|not catch|not get that/it/what/you|not understand|not make out|not follow|not quite hear/catch/get
    not make that/it/you/this out|you lost me|over my head|too loud/noisy/much noise|phone/line/you/call/connection cut/went/dropped/broke out/up/off/dead|barely/hardly hear|run/go through it/that/this? again|what/which are/were ... options/choices|forgot/forget what you|forgot/forget the question|not following|you cut/broke/dropped out/up/off|slow down|a? bit/little slower|slower please
    from the top|start over|start from the beginning/top/start|from the beginning|play it/that/this again/back|what/when/where/who/which/how ... did you say|what/when/where/which/how was/were ... again|what day/time was/is it/that again
    what are/were you saying|you said what|clarify|not paying attention|zoned out|1 more time
    missed that/what/it/you/the/your|miss that/what/it|unable to hear|hard to hear|lost you`,
  weak: `hold on what|wait what|do it/that again|rewind|do what|do what now|how is that|how was that|come back|eh|what was the time/date/day/name|slow|repeat|replay|restate|pardon|what|again|sorry|sorry what|excuse me|huh|say what|come again with that|hear you|another time
    louder|slower|what now|that again`,
};

export const CANCEL: CueTexts = {
  strong: `cancel/cancelling/canceling/abort/terminate/discontinue/undo/halt/nix/negate/cease/disregard/abandon
    $halt $which? $which? $which? $task|$halt what/whatever you/i/we are/were? doing/did/saying/asked/said?
    $halt it/that/this/everything|$halt doing what/that/it/this i? asked?|$halt working/speaking/talking|stop/quit/end it/that/this
    $halt about it/that/this|$halt immediately/now/here/and/please
    cancel/cancelling/canceling my/the/this/that/our/an/your appointment/visit/booking/order/meeting/subscription/service
    call/calling $it/the/my off|call off|never mind|nevermind|forget i/it/that/about/this|changed/change my mind
    i? actually? do? not need/want it/that/this/you anymore|not want/need that/it/this any more|not want you to? $speak|not do/continue/complete/finish/proceed/go/carry/say/speak/talk ... process/task/doing/anymore/more/on/with/request/action
    not do this/that process/task|not proceed|not go through with|not want to go through
    stop/quit/cease/refrain/enough from? $speak|no more $speak/of|refrain from ... $task/$speak
    be/keep/stay/go quiet/silent|shut it? the? hell/heck? up|hush|shush|shh|shhh|shhhh
    not do what|not mean to ask/say/do|end conversation/session/this|not want to continue/proceed/go|changing/change my mind|withdraw/reverse/revoke my request|reverse that/it/this|drop my appointment/request/booking
    take/get me/us off the/your schedule/calendar/books/appointments|take/remove my/our name off/from the/your schedule/calendar/books
    no longer need/want/wish/needed/wanted/necessary|not be needing|not needed/necessary|after all|not continue|not go any further|hold on/up stop/cancel|decided/decide not to|decided/decide against|let us not do that/this/it
    void it/that/this/the/my|not have/need to do/be/continue|rather you did/do not|not want you to do
    stop right? there/now/here|not bother|zip it|hold it|skip it/that/this|enough already|let us stop|we stop|no need/longer ... anymore|not do it|no longer need/want/wish|not want to do this/that/it|not wish to
    not need to do/you|wait stop|nvm|cease and|nothing/nevermind mind|get rid of it/that|delete that/it|remove that|leave that|back to the beginning
    destroy/kill/end process/task/it|switch/turn yourself? off|let us not|take it back|take that back|back out
    can/could/would/will/you/to/must/should stop/halt/quit|you stop|please stop|ai stop|stop doing`,
  weak: `not worry about it/that|stop|halt|quit|stop that/it/this|stop stop|pause|silence|quiet|mute|scratch|end|enough|that is enough|stop please|stop now|stop and go back|abort|go back|freeze|cut it out|cut|knock it off|exit|done|leave it|cancellation|drop it|quiet now|canceled|cancelled|scrap`,
};

export const BYE: CueTexts = {
  strong: `goodbye|goodbyes|good bye|bye|byebye|buhbye|farewell|fairwell|adios|ciao|sayonara|syonara|toodles|tootles|cheerio|ta ta|tata|au revoir|arrivederci|godspeed
    get off the phone/line|catch up with you later|have yourself a|off i go|going/off to bed|toodaloo|toodeloo|bon voyage|that is it/all for today/now|speak/talk/chat/we again soon|we will speak/talk/chat again|sweet dreams|fare thee/you/ye well|must/should/better/got/have to? be off|headed out|about to leave/go|time for me/us to go/leave/run|it/this? is/was/has been a? $nice/real/blast/treat
    hang up|logging/log off|on my way out|god bless you?|stay safe/well|be well now?|keep in touch|best of luck|all the best|okay/ok/alright bye/goodbye|that is it/all bye/goodbye
    see/smell/seeing/cya/catch/catching you/ya/ye later/soon/around/tomorrow/next/then/in/again/another/when/on/there
    see ya|cya|later gator/gater/alligator/dude/man/guys/ai|$talk to/with? you? later/soon/tomorrow/again
    have a $nice/safe/blessed? day/evening/night/afternoon/weekend/time/1/life|have a $nice
    good night|take care|so long|until/till/til next/we/later/then|peace out|signing off|over and out|hanging up
    have/need/got/must/should/going/time/better to? go/run/leave/jet|must/should be going|i must go|get going|head/heading out|be going
    outta here|out of here|i am leaving|i am off|be leaving|am going now
    $nice ... $talk ... to/with you|$nice ... $talk to/with? you?|$nice $talk|$nice seeing/meeting you|it was ... to see you|$nice to see you again|was $nice to get
    $nice to $talk|$nice ... got to $talk|thank/thanks you? for $talk/calling|was a? $nice $talk|this/it was ... $talk
    auf wiedersehen|hasta luego|hasta manana|hasta la vista|adieu|been a pleasure|for the chat/conversation/talk|enjoy your/the rest? of? your? day/evening/night/weekend|be seeing you|that will be all|pleasure ... $talk|on my way out|until tomorrow|nighty night
    that is all bye|all for now|no more questions|parting|bid you|i am done talking`,
  weak: 'i am out|it was a pleasure|a pleasure|the pleasure is mine|i am done|we are done|i am done here|we are done here|be well|be on my way|i will be on my way|see you|later|laters|later then|peace|cheers|take it easy|nothing else|bye for now|that is all|so long|gone|i am going|ttyl|toodle oo|later ai',
};
