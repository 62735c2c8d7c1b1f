const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Words that can stand for each other in a cue. */
export const CUE_SETS = {
  /** May stand between the words of any cue: "that is very much true". */
  adverb: set(`
    really very actually totally completely definitely certainly so quite absolutely indeed pretty
    entirely probably simply truly clearly much also still even all exactly perfectly overwhelmingly
    honestly currently too personally most hundred 100 percent kind sort of
  `),
  it: set('it that this he she you everything statement answer response information they which'),
  he: set('i we he she it they'),
  be: set('is was be are were seems seem appears appear sounds sound looks look am being'),
  true: set('true right correct accurate valid affirmative'),
  false: set(`
    false wrong incorrect untrue inaccurate erroneous invalid mistaken
  `),
  nice: set(`
    nice good great lovely wonderful awesome cool fun pleasant pleasure enjoyable fantastic excellent
    amazing delightful glad happy enjoyed joy delight super fine
  `),
  bad: set('bad terrible awful horrible poor lousy miserable sick ill rough'),
  talk: set(`
    talk talking talked speak speaking spoke chat chatting chatted converse conversing conversation
    visiting visit catching catch discussing chit meeting
  `),
  speak: set('talk talking speak speaking chattering yapping rambling chatting'),
  halt: set(`
    cancel abort stop halt quit terminate discontinue end abandon cease undo negate nix kill ditch
    disregard scrap scratch drop forget ignore revert stopping canceling cancelling canceled
    cancelled aborting quitting ending
  `),
  task: set(`
    task tasks request requests command commands action actions process job operation procedure
    activity program instruction instructions thing input project transaction function work order
  `),
  which: set('my the this that your our current present last previous latest recent whole running'),
  say: set(
    'say tell ask read explain sat state give speak saying telling asking reading explaining',
  ),
  again: set('again gain more over'),
  drop: set('take remove delete drop get cross scratch strike erase'),
  call: set('call calling calls phone phoning text texting contact contacting ring message bother'),
  who: set('agent person human someone somebody representative operator manager supervisor rep'),
} as const;
