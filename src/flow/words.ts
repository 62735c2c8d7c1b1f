const list = (words: string) => words.trim().split(/\s+/);

export const FILLERS: ReadonlySet<string> = new Set(
  list(
    'um umm uh uhh er erm hm hmm ah like please just fucking fuckin freaking damn goddamn bloody',
  ),
);

/** Words that say nothing about what the caller wants; the reject guard does not count them. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  list(`
    i am is are was were be been being a an the to it that this these those my mine me you your
    we us our of in on at for from with as by or if so and but because then there here
    do does did doing have has had would will can could should may might shall
    think guess believe feel feeling say said saying told answer response question reply
    very really pretty quite actually also too oh well hi hello hey sir madam mam maam
    thank thanks know mean going want need now today let one what which
  `),
);

/** Words round a short answer that leave it a short answer: "oh good thanks", "fine with me then". */
export const ANSWER_FILL: ReadonlySet<string> = new Set(
  list(`
    i am is it that this a oh well hi hello hey sir madam mam maam you then so now very
    really sorry honey to me ai buddy man dude bro friend for would will be actually and my answer
    response say with on one us want totally absolutely exactly completely definitely unfortunately
    sadly though honestly quite today
  `),
);

export const NEGATORS: ReadonlySet<string> = new Set([
  ...['not', 'never', 'no', 'doubt', 'hardly', 'neither', 'nor'],
]);

/** After one of these the caller takes back what came before. */
export const CORRECTIONS: readonly (readonly string[])[] = [
  ['actually'],
  ['i', 'mean'],
  ['wait'],
  ['sorry'],
  ['scratch', 'that'],
  ['make', 'that'],
  ['or', 'rather'],
  ['second', 'thought'],
  ['second', 'thoughts'],
];

const NEGATED = list(
  'do does did is was are were could would should have has had must might need',
).map((verb): [string, readonly string[]] => [`${verb}nt`, [verb, 'not']]);

const WITH_IS = list('it that what he she there here who how where when').map(
  (word): [string, readonly string[]] => [`${word}'s`, [word, 'is']],
);

export const CONTRACTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ...NEGATED,
  ...WITH_IS,
  ["can't", ['can', 'not']],
  ['cant', ['can', 'not']],
  ['cannot', ['can', 'not']],
  ["won't", ['will', 'not']],
  ['wont', ['will', 'not']],
  ["shan't", ['shall', 'not']],
  ["ain't", ['is', 'not']],
  ['aint', ['is', 'not']],
  ["let's", ['let', 'us']],
  ['im', ['i', 'am']],
  ['ive', ['i', 'have']],
  ['thats', ['that', 'is']],
  ['whats', ['what', 'is']],
  ['youre', ['you', 'are']],
  ['gonna', ['going', 'to']],
  ['wanna', ['want', 'to']],
  ['gotta', ['got', 'to']],
  ['gimme', ['give', 'me']],
  ['lemme', ['let', 'me']],
  ['dunno', ['do', 'not', 'know']],
]);

export const NUMBER_WORDS: ReadonlyMap<string, number> = new Map(
  list(
    `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
     sixteen seventeen eighteen nineteen`,
  ).map((word, value) => [word, value]),
);

export const TENS_WORDS: ReadonlyMap<string, number> = new Map(
  list('twenty thirty forty fifty sixty seventy eighty ninety').map((word, i) => [
    word,
    (i + 2) * 10,
  ]),
);

/** Words that sound like a key; taken for it only alone or after "press", "option", "number". */
export const KEY_SOUNDS: ReadonlyMap<string, string> = new Map([
  ['won', '1'],
  ['to', '2'],
  ['too', '2'],
  ['tree', '3'],
  ['for', '4'],
  ['fore', '4'],
  ['ate', '8'],
  ['oh', '0'],
  ['o', '0'],
  ['star', '*'],
  ['asterisk', '*'],
  ['pound', '#'],
  ['hash', '#'],
]);
