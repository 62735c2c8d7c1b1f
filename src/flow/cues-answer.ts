import type { CueTexts } from './classes.ts';

/** Agreement, refusal and doubt: general forms rather than lines anybody said. */
export const YES: CueTexts = {
  strong: `yes|yeah|yep|yup|yeap|yea|uhhuh|absolutely|definitely|certainly|indeed|affirmative
    of course|for sure|sure thing|you bet|you got it|no problem/problems|not a problem|no worries
    no trouble|without a? doubt|no doubt|not see why not|no objection/objections
    correct|exactly|precisely|agreed|agree|confirmed|confirm it/that/this
    confirm my/the/this appointment/visit/booking|i can? confirm
    $it $be a? $true|$it will/would/must/could be $true|is a? $true|be $true|seems $true
    $it $be not $false|hell/heck/god/oh yes/yeah|is the truth|is a fact|is the case|is what i want|that is how it is
    that/it/this/everything is/sounds fine/perfect/great/good/ok/okay/wonderful/awesome/lovely
    $it will/would be $nice/perfect/lovely/ok/okay
    sounds/looks $nice/perfect/right/like|works/work for/with me/us|that works|that will/would work
    fine by/with/for me/us|ok/okay by/with/for me/us|i would love/$nice to|i would love that
    i/we will be there|i/we will come|see you there|i can make it|i can do that/it|i will do that/it|count me in
    i/we think/believe/guess/suppose/hope/imagine/reckon/assume/expect so
    true statement|spot on|what i meant|without question|concur|second that|i accept|you know it|checks out|in agreement|sounds a plan
    how it should be|no argument/arguments|let us do it/that/this|yes i want|sign me up|true enough|hear you loud|that is what i
    no question/argument about it/that|no issue/issues/objection with it/that/this|no issue/issues
    you nailed it|that is $adverb? how it goes/is|not be? a? problem|not think of a reason not|he/she/they will be there/come|we/he/she/they can make it|the 1 i|that is the 1
    have/got it right|do? believe/think so|does sound/seem/look $true|you betcha|why yes|will/would not miss it/that
    day/time/date/monday/tuesday/wednesday/thursday/friday/saturday/sunday/morning/afternoon/evening/noon/appointment is/works/sounds fine/good/perfect/great/okay/ok/doable
    good/great/perfect/fine/okay/ok for/with/by me/us|plan/planning/plans/intend on? to? be/being/come/coming/attend/attending/it|will make it|should/would/will be able to make/come/attend
    should/will/would work|should be fine/good/okay/ok/great|will/would do it? fine|i/we sure do/did/am/are/will/can|still coming/going/planning/good/on|to keep it/that/the/my/this
    keep it|keep the/my/that/this appointment/time/booking/visit|leave it as|let us go with that/it/this|can manage it/that|i believe/think/know i/we can/will/do
    be/am? happy/glad/delighted to|not $adverb? $false|not a lie|not disagree/argue|not say no|no objections/complaints here
    gladly|with pleasure|by all means|can not wait|go for it|please do
    have/see no problem/problems/objection|not mind|not have a problem`,
  weak: `go ahead|go right ahead|i would that/it|i want that/it|sure is|okie|okey dokey|yes sir|ya|ok|okay|okey|sure|right|true|fine|good|great|perfect|positive|excellent|wonderful
    i/we/he/she do/am/will/can/did/have/would/are/is/does|it/that/there/they is/does/do/are|yes i do
    speaking|this is her/him/she/he|that is me/her/him/us|do that/it|got it|cool|both|roger|confirm|totally|naturally
    bingo|make it so|do so|why not|that is it|all right|alright|100 percent|confirming|okey doke|10 4|it/that/this will do|i suppose|i/we am/are in|i am down|count on it/me/us|you can count on me/us|all good|good to go|that is doable|doable|i sure do
    not bad idea|deal|valid|right on|sweet|mhm|si|aye`,
};

export const NO: CueTexts = {
  strong: `no|nope|nah|naw|nay|nada|uhuh|negative|never ever|no way|no thanks|no thank you|no chance|not a chance
    not really|not at all|not now|not today|not exactly|not particularly|not necessarily|not interested
    not true|not right|not correct|not accurate|not valid|not the case|not possible|not good|no good|not okay/ok/fine|not so
    not it|not that|not what i/we want/wanted/meant/said|not mine|not a fact|not the right
    i/we think/guess/suppose/believe/hope not|afraid not|seems/appears not|of course not
    definitely/absolutely/certainly/probably/totally/obviously not/no|hell/god/heck/lord no|definite/hard/firm/big no|not think so|not believe so
    not agree|disagree|i refuse|i decline|i object|rather not|no need
    $it $be a? $false|$it will/would/must be $false|is $false|be $false|a $false|$adverb $false|$false/negative for sure|wrong/incorrect/false statement|$false statement
    $false again|you are $false|not even close|far from it|hard pass|not a yes|i will pass
    can not make it/that/this|can not come|can not do it/that/this|can not be right/true/correct
    not be able to|not make it|not be there|not be coming|not able to|not going/gonna to? make/be/come|not coming|$he $be? not available/here/home/in/around|not here right? now
    does/will/would/do not work|not work for me/us
    i do not want it/that/this/any/one|not do that/it/this|not like that/it|not for me
    $it $be? a? lie/bogus/nonsense/rubbish/baloney|not a bit|not on your life|not likely|not a? this time|got it wrong|have it wrong|not how it|of course $it? $be? not
    under no circumstances|by no means|no dice|no sir|no go|unlikely|i doubt it/that|not be the case|not possibly|not in a million|fat chance|i deny
    no way/chance/hope that? i/we can/will/could/would/am/are be? make/be/do/come/coming? it/that/there?
    unlikely/improbable/doubtful that? i/we can/will/could/would/am/are be? make/be/do/come/coming? it/that/there?|no longer interested
    no good for/with me/us|not what i be? saying/said/meant|no intention/interest|can/could/will/would not do/make monday/tuesday/wednesday/thursday/friday/saturday/sunday/that/it/then|not a? good/great/best day/time/date for|not need that/it/this/one/1|unacceptable|not acceptable|i/it/that sure is/do/am not|$it? sure is/am/do/will not
    i/we doubt i/we can/will/could/make make?|of course ... not|for sure not|likely not|not believe/buy it/you|not sound/seem/look $true/$nice|certainly/definitely/absolutely/surely $be/do/does/will/would/can not|not something i/we want/need/like|must/to decline|not going/gonna to? work/happen|will/would not do|not happening
    not free/available|have/got a conflict|have/got other/another plans/appointment/commitment/engagement|have/got something else|have to work|afraid ... not|not plan/planning/intend on/to
    not think/believe i/we can/will/do/would/should/am/are|i/we $adverb? doubt i/we/it/that/he/she|not to my knowledge|not as far as|not that i|never did/have/had/will/would/said/agreed/asked/was
    prefer not|not in this|over my dead|hell freezes|no can do|can not say that i|can not say i do|but i/we can/could/will/would not|but no|not something i|anything but
    count me out|no more thanks|no i am good|a no`,
  weak: `$false|pass|not|would not|never|not me|not yet|do not|i/we/he/she/they can/do/will/am/would/did/does/is/are/have not
    it/that/there is/does/was/are/do/did/will not|not my name|i/he/she/we do/does? not want to?|i do not want|absolutely not|hardly|unfortunately not|not anymore|have not yet|i am all set|we are all set|all set|no such luck|if only|i wish|out of the question`,
};

export const MAYBE: CueTexts = {
  strong: `maybe|perhaps|possibly|not know|not to? sure|not certain|not confident|not positive|not decided|not decide
    not tell|not the foggiest|not the faintest|not a clue|not have a clue|not have an/the answer|not have that/the/any/enough information/answer/idea
    not have an? opinion|not have any idea|not made/make up my mind|i? can? not answer
    yes or no ... not know/sure|unsure|uncertain|undecided|unaware|unclear|no idea|no clue|no knowledge|no earthly idea|no opinion|drawing a blank|blank
    who/god/lord/heaven/goodness/hell/shit/heck knows|hell/heck/damned/beats/search if/me i? know?
    who can say|who is to say|your guess is as good|it/that/all depends|depends on
    either or|either/neither/any 1|either of them/those/these|could/might/may be either/both/or|is/was either|either could/would/might/may be?
    it/that could/may/might go? be? either/both/possible/true/1/that/it?|could go either way
    is/be possible|a possibility|there is a chance|might be true|may be true|could be true
    can not be? sure/certain|not have a/any preference/feelings|not matter|either works/is/are/would|both could/might/may ... right/true/work|not remember|not recall
    not commit|need/give me? ... time to think/decide/consider|debatable|questionable|arguable|could be ... could be|not have a/an? strong? opinion|may/might be able|need/have/got/want to ask/talk/consult|let you know|we will see|will have to see|wait and see|time will tell|nobody/1 knows|god only knows
    idk|potentially|up in the air|no difference|not care|both $be possible|slight/small/good chance|not give ... answer|answer is unknown|neither yes|i/we might/may come|i/we might/may make it
    not $adverb? be? able to say/tell/answer/decide|how should/would/could/can i know|no way of|indifferent|thinking about it/that|making up my|tough call|of 2 minds|a maybe|i might/may need|not know yet|too early/soon to
    who can tell|could not say|could not tell|could be ... could not be|no way to know/tell|no telling/knowing|clueless|not got a/any clue/idea|unable to say/tell/answer/decide|wish i knew
    may or may not|might or might not|could or could not|not my place|no preference|yes and no|in between|sometimes|it is anyone|anyones guess
    both would work|both are fine|1 or the other|this 1 or that
    need/have/want to think|think about it/that|let me think|let me check|need/have/got to check|check with my|check my
    let me see|still deciding/thinking|on the fence|torn|toss up|hard/difficult/tough to say/tell/know
    can not say|can not decide|can not tell|i might not? be|i might not|above my pay|50 50|not answer yes or no|know later|get back to you|yet to decide`,
  weak: 'somewhat|kind of|sort of|in a way|unknown|could go|either|neither|both maybe|might|could be|may be|can be|i guess|beats me|i/we might/may/could|might be|depends|whatever|a yes or a? no',
};
