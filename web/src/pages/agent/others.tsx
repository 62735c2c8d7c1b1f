import { Headphones } from 'lucide-react';
import { useState } from 'react';
import type { Output } from '../../api/client.ts';
import { useApi, useApiChange } from '../../api/hooks.ts';
import { useMay } from '../../api/session.tsx';
import type { Desk, Listening } from '../../features/desk/desk.ts';
import { duration, phone, words } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Answered, Problem } from '../../ui/states.tsx';

const AGAIN_MS = 2_000;

type Agents = Output<'listAgents'>;

/** Who else is there, who waits, and who talks. */
export function OthersAtDesk({ desk }: { readonly desk: Desk }) {
  const found = useApi('listAgents', {}, { refetchInterval: AGAIN_MS });
  const now = useNow();
  return (
    <div className="space-y-5">
      <Card title="Waiting" isFlush>
        <Answered of={found} lines={2}>
          {({ waiting }) =>
            waiting.length === 0 ? (
              <p className="p-4 text-quiet">Nobody waits.</p>
            ) : (
              <ul className="divide-y divide-line">
                {waiting.map(({ callId, number, waitingSince }) => (
                  <li key={callId} className="tnum flex justify-between gap-4 px-4 py-2">
                    {phone(number)}
                    <span>{duration(Math.max(0, (now - waitingSince) / 1000))}</span>
                  </li>
                ))}
              </ul>
            )
          }
        </Answered>
      </Card>
      <Card title="At the desk" isFlush>
        <Answered of={found} lines={3}>
          {(known) => <AgentList desk={desk} known={known} />}
        </Answered>
      </Card>
    </div>
  );
}

function AgentList({ desk, known }: { readonly desk: Desk; readonly known: Agents }) {
  const ownId = desk.state.agent?.id;
  const others = known.agents.filter(
    ({ id, isConnected, presence }) => id !== ownId && (isConnected || presence !== 'away'),
  );
  if (others.length === 0) return <p className="p-4 text-quiet">Nobody else.</p>;
  return (
    <ul className="divide-y divide-line">
      {others.map(({ id, name, presence }) => {
        const talk = known.talks.find(({ agentId }) => agentId === id);
        return (
          <li key={id} className="space-y-2 px-4 py-2">
            <div className="flex items-center justify-between gap-4">
              <span className="min-w-0 truncate">{name}</span>
              <Badge tone={presence === 'available' ? 'good' : 'plain'}>{words(presence)}</Badge>
            </div>
            {talk === undefined ? null : <Supervise desk={desk} callId={talk.callId} />}
          </li>
        );
      })}
    </ul>
  );
}

/** For an admin: to hear a talk, or to speak to its agent alone. */
function Supervise({ desk, callId }: { readonly desk: Desk; readonly callId: string }) {
  const may = useMay();
  const ticket = useApiChange('listenToTalk');
  const [isBusy, setBusy] = useState(false);
  if (!may('listenToTalk') || desk.state.talk !== null) return null;
  const enter = async (mode: Listening['mode']) => {
    setBusy(true);
    try {
      const { ticket: once } = await ticket.mutateAsync({ params: { id: callId }, body: { mode } });
      await desk.listen({ callId, mode }, once);
    } finally {
      setBusy(false);
    }
  };
  if (desk.listening?.callId === callId) {
    return (
      <div className="flex items-center justify-between gap-2">
        <span className="text-quiet">
          {desk.listening.mode === 'listen' ? 'You listen' : 'Only the agent hears you'}
        </span>
        <Button size="small" onClick={desk.hangUp}>
          Leave
        </Button>
      </div>
    );
  }
  return (
    <div className="flex flex-wrap gap-2">
      {ticket.error === null ? null : <Problem error={ticket.error} />}
      {(['listen', 'coach'] as const).map((mode) => (
        <Button
          key={mode}
          size="small"
          isBusy={isBusy}
          disabled={desk.listening !== null}
          onClick={() => void enter(mode).catch(() => undefined)}
        >
          <Headphones aria-hidden />
          {words(mode)}
        </Button>
      ))}
    </div>
  );
}
