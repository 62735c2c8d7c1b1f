import { useApi } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';

export type StepName = 'number' | 'script' | 'contacts' | 'call' | 'launch';

export const STEPS: readonly StepName[] = ['number', 'script', 'contacts', 'call', 'launch'];

/** Whether this person may do all of it. */
export function useMayStart(): boolean {
  const may = useMay();
  return may('saveScript') && may('placeCall') && may('createCampaign');
}

/**
 * Which steps of the first run are done: what exists says it, nothing else is kept. Null until all
 * of it is known.
 */
export function useProgress(): ReadonlySet<StepName> | null {
  const enabled = useMayStart();
  const numbers = useApi('listNumbers', { query: { limit: 100 } }, { enabled });
  const scripts = useApi('listScripts', { query: { limit: 100 } }, { enabled });
  const contacts = useApi('listContacts', { query: { limit: 1 } }, { enabled });
  const calls = useApi('listCalls', { query: { limit: 1 } }, { enabled });
  const campaigns = useApi('listCampaigns', { query: { limit: 100 } }, { enabled });
  if (!numbers.data || !scripts.data || !contacts.data || !calls.data || !campaigns.data) {
    return null;
  }
  const isAnswered = numbers.data.numbers.some(({ inboundScriptId }) => inboundScriptId !== null);
  const isLaunched = campaigns.data.campaigns.some(({ state }) => state !== 'draft');
  const done: Readonly<Record<StepName, boolean>> = {
    number: numbers.data.numbers.length > 0,
    script: scripts.data.scripts.some(({ publishedVersion }) => publishedVersion > 0),
    contacts: contacts.data.contacts.length > 0,
    call: calls.data.calls.length > 0,
    launch: isAnswered || isLaunched,
  };
  return new Set(STEPS.filter((name) => done[name]));
}
