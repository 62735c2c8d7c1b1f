import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from '../cli/demo/people.ts';
import { ROOT } from '../cli/local/wrangler.ts';
import { compileScript } from '../src/script/compile.ts';
import { plannedClips, speechPlan } from '../src/scripts/speech-plan.ts';
import type { Figure } from './figure.ts';

const CONTACTS = 1000;
const SCRIPT = join(ROOT, 'cli', 'demo', 'appointment.destiny');

/**
 * Characters sent to Google for a campaign of the demonstration. The naive figure makes every
 * sentence that a call may say for each call; ours makes each text once and keeps it.
 */
export async function speechBench(): Promise<Figure[]> {
  const { flow } = await compileScript(readFileSync(SCRIPT, 'utf8'), { mode: 'publish' });
  if (flow === null) throw new Error('The script of the demonstration does not compile.');
  const plan = speechPlan(flow);
  const tenant = { tenantName: 'Harbour Dental' };
  const persons = people(CONTACTS, 7).map(({ fields }) => ({ ...tenant, ...fields }));
  const strangers = persons.map((fields, i) => ({ ...fields, firstName: `Person${i}` }));
  const charactersOf = (contacts: readonly Readonly<Record<string, string>>[]) => {
    const made = new Set<string>();
    let naive = 0;
    for (const variables of contacts) {
      for (const { text } of plannedClips(plan, variables)) {
        naive += text.length;
        made.add(text);
      }
    }
    const ours = [...made].reduce((sum, { length }) => sum + length, 0);
    return { perCall: ours / contacts.length, naivePerCall: naive / contacts.length, ours, naive };
  };
  return [
    ['50 first names, 12 appointments', persons] as const,
    ['a first name of its own for each', strangers] as const,
  ].flatMap(([kind, contacts]): Figure[] => {
    const what = `${CONTACTS} contacts, ${kind}`;
    const { perCall, naivePerCall, ours, naive } = charactersOf(contacts);
    return [
      { bench: 'speech', what, value: naivePerCall, unit: 'characters a call, naive' },
      { bench: 'speech', what, value: perCall, unit: 'characters a call' },
      { bench: 'speech', what, value: (ours / naive) * 100, unit: '% of naive', most: 35 },
    ];
  });
}
