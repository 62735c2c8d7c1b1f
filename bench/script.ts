import { matchSpeech } from '../src/flow/match.ts';
import { compileScript } from '../src/script/compile.ts';
import { lintScript } from '../src/script/editor/lint.ts';
import type { Figure } from './figure.ts';
import { medianMs, medianMsOfEachSync } from './measure.ts';

const SIZES = [
  { nodes: 100, runs: 31 },
  { nodes: 1_000, runs: 11 },
  { nodes: 10_000, runs: 7, most: 200 },
  { nodes: 100_000, runs: 1 },
] as const;

const PHRASES = [
  ...['billing question', 'opening hours', 'new appointment', 'test results', 'speak to a nurse'],
  ...['repeat prescription', 'parking', 'insurance card', 'something else'],
];

/** Compiling scripts of several sizes, and understanding one answer. */
export async function scriptBench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES) figures.push(...(await compiling(size)));
  return [...figures, growth(figures), await linting(), ...(await matching())];
}

type Size = { readonly nodes: number; readonly runs: number; readonly most?: number };

async function compiling({ nodes, runs, most }: Size): Promise<Figure[]> {
  const source = syntheticScript(nodes);
  const compile = () => compileScript(source, { mode: 'publish' });
  const { ok, flow } = await compile();
  if (!ok || Object.keys(flow?.nodes ?? {}).length !== nodes) {
    throw new Error(`The script of ${nodes} nodes does not compile.`);
  }
  const ms = await medianMs(runs, compile);
  const what = `compile ${nodes} nodes`;
  return [
    { bench: 'script', what, value: ms, unit: 'ms', ...(most === undefined ? {} : { most }) },
    { bench: 'script', what, value: (ms * 1e6) / nodes, unit: 'ns a node' },
  ];
}

/** How much dearer a node of the largest script is than one of the smallest; 1 is linear. */
function growth(figures: readonly Figure[]): Figure {
  const costs = figures.filter(({ unit }) => unit === 'ns a node').map(({ value }) => value);
  const value = (costs.at(-1) ?? 0) / (costs[0] ?? 1);
  return {
    bench: 'script',
    what: 'cost of a node, largest to smallest',
    value,
    unit: 'times',
    most: 2,
  };
}

/** What the editor does after each key press. */
async function linting(): Promise<Figure> {
  const source = syntheticScript(200);
  const value = await medianMs(51, () => lintScript(source));
  return { bench: 'script', what: 'lint 200 nodes again', value, unit: 'ms', most: 5 };
}

/** A chain in which every node speaks, listens and leads to the next, as people write them. */
function syntheticScript(nodes: number): string {
  const blocks = Array.from({ length: nodes }, (_, i) => {
    const name = i === 0 ? 'start' : `node_${i}`;
    const next = i === nodes - 1 ? 'END' : `node_${i + 1}`;
    return [
      `[${name}]`,
      `This is question ${i} for {{firstName}}. Press 1 for yes, or 2 for no.`,
      `-> 1, @yes, "that is right": ${next} #yes`,
      '-> 2, @no: END #no',
      '',
    ];
  });
  return blocks.flat().join('\n');
}

async function matching(): Promise<Figure[]> {
  const options = await branchesOfMenu();
  const utterances = [
    { name: 'hit', text: 'um I think I need a repeat prescription please', option: 5 },
    { name: 'miss', text: 'the weather has been rather nice this week', option: null },
  ];
  const figures: Figure[] = [];
  for (const { name, text, option } of utterances) {
    if ((matchSpeech(options, text)?.option ?? null) !== option) {
      throw new Error(`"${text}" is not understood as it should be.`);
    }
    const ms = await medianMsOfEachSync(21, 500, () => matchSpeech(options, text));
    const what = `match one utterance in ${options.length} branches (${name})`;
    figures.push({ bench: 'script', what, value: ms * 1000, unit: 'us', most: 50 });
  }
  return figures;
}

/** A long menu: nine phrases with their keys, and three classes. */
async function branchesOfMenu() {
  const source = [
    '[start]',
    'What can we do for you?',
    ...PHRASES.map((text, i) => `-> ${i + 1}, "${text}": END`),
    ...['agent', 'later', 'wrong_number'].map((name) => `-> @${name}: END`),
  ].join('\n');
  const { flow } = await compileScript(source, { mode: 'publish' });
  if (flow === null) throw new Error('The menu does not compile.');
  return flow.nodes.start?.branches ?? [];
}
