import { fromNow } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import type { Endpoint } from './endpoint-form.tsx';

const WHY: Readonly<Record<string, string>> = {
  person: 'Switched off',
  gone: 'Off: it said it is gone',
  failing: 'Off: it took nothing for five days',
};

export function EndpointState({ endpoint }: { readonly endpoint: Endpoint }) {
  const { isEnabled, disabledReason, failingSince } = endpoint;
  if (!isEnabled) return <Badge tone="bad">{WHY[disabledReason ?? 'person']}</Badge>;
  if (failingSince === null) return <Badge tone="good">Works</Badge>;
  return <Badge tone="warn">Fails since {fromNow(failingSince, Date.now())}</Badge>;
}
