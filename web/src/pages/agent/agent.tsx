import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMay } from '../../api/session.tsx';
import { type Desk, useDesk } from '../../features/desk/desk.ts';
import { joinDesk } from '../../features/desk/join.ts';
import { words } from '../../lib/format.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Page } from '../../ui/page.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { Caller } from './caller.tsx';
import { DeskSettings } from './desk-settings.tsx';
import { Offer } from './offer.tsx';
import { OthersAtDesk } from './others.tsx';
import { Talk } from './talk.tsx';
import { WrapUp } from './wrap-up.tsx';

const route = getRouteApi('/t/$tenant/agent');
const TONES: Readonly<Record<string, Tone>> = {
  available: 'good',
  busy: 'accent',
  wrap_up: 'warn',
};

/** The desk of whoever takes calls that a script hands over. */
export function AgentPage() {
  const { tenant } = route.useParams();
  const desk = useDesk(tenant);
  const may = useMay();
  useEffect(() => joinDesk(tenant), [tenant]);
  const agent = desk?.state.agent ?? null;
  return (
    <Page
      title="Agent"
      {...(agent === null
        ? {}
        : {
            badge: <Badge tone={TONES[agent.presence] ?? 'plain'}>{words(agent.presence)}</Badge>,
          })}
      actions={
        <>
          {may('setDeskSettings') ? <DeskSettings /> : null}
          {desk === null || agent === null ? null : <Presence desk={desk} />}
        </>
      }
    >
      {desk === null || desk.state.connection === 'connecting' ? (
        <Loading lines={6} />
      ) : (
        <AtDesk desk={desk} tenant={tenant} />
      )}
    </Page>
  );
}

function Presence({ desk }: { readonly desk: Desk }) {
  const presence = desk.state.agent?.presence;
  // Who talks is busy, whatever he says; who is away is asked in the middle of the page.
  if (presence === 'busy' || presence === 'away') return null;
  return <Button onClick={() => desk.set('away')}>Take no more calls</Button>;
}

function AtDesk({ desk, tenant }: { readonly desk: Desk; readonly tenant: string }) {
  const { state, trouble } = desk;
  const { agent, offers, talk } = state;
  const caller = talk ?? offers[0] ?? null;
  return (
    <>
      {state.connection === 'waiting' ? (
        <p role="status" className="rounded-lg bg-warn-soft px-4 py-3 text-warn">
          The desk is out of reach; the page tries again by itself. A talk goes on meanwhile.
        </p>
      ) : null}
      {trouble === null ? null : (
        <p role="alert" className="rounded-lg bg-bad-soft px-4 py-3 text-bad">
          {trouble}
        </p>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-5">
          <FocusOnChange of={talk?.callId ?? agent?.presence ?? ''}>
            {talk !== null ? (
              <Talk desk={desk} talk={talk} />
            ) : agent?.presence === 'wrap_up' && agent.callId !== null ? (
              <WrapUp callId={agent.callId} until={agent.wrapUpUntil} />
            ) : offers.length > 0 ? (
              offers.map((offer) => <Offer key={offer.id} desk={desk} offer={offer} />)
            ) : (
              <Card>
                {agent?.presence === 'available' ? (
                  <Empty title="You take calls">
                    The page rings when a script hands a caller over. You may look at other pages
                    meanwhile.
                  </Empty>
                ) : (
                  <Empty
                    title="You are away"
                    action={
                      <Button tone="primary" onClick={() => desk.set('available')}>
                        Take calls
                      </Button>
                    }
                  >
                    Callers whom a script hands over to agents go to others until you take calls.
                  </Empty>
                )}
              </Card>
            )}
          </FocusOnChange>
          {caller === null ? null : <Caller caller={caller} tenant={tenant} />}
        </div>
        <OthersAtDesk desk={desk} />
      </div>
    </>
  );
}

/** What the agent did took its own button away: the keyboard goes on from what came instead. */
function FocusOnChange({
  of,
  children,
}: {
  readonly of: string;
  readonly children: React.ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const last = useRef(of);
  useEffect(() => {
    if (last.current === of) return;
    last.current = of;
    const nowhere = document.activeElement === null || document.activeElement === document.body;
    if (nowhere) place.current?.focus({ preventScroll: true });
  }, [of]);
  return (
    <div ref={place} tabIndex={-1} className="space-y-5 outline-none">
      {children}
    </div>
  );
}
