import { Phone, PhoneOff } from 'lucide-react';
import type { OfferView } from '../../../../src/agents/protocol.ts';
import type { Desk } from '../../features/desk/desk.ts';
import { duration, phone } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Stat } from '../../ui/card.tsx';

/** A caller who may be taken, and for how long yet. */
export function Offer({ desk, offer }: { readonly desk: Desk; readonly offer: OfferView }) {
  const now = useNow();
  const seconds = (ms: number) => Math.max(0, Math.round(ms / 1000));
  return (
    <Card className="border-accent-text">
      <div role="alert" className="sr-only">
        A caller: {phone(offer.number)}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-4">
        <dl className="flex flex-wrap gap-x-8 gap-y-3">
          <Stat label="A caller" value={phone(offer.number)} />
          <Stat label="Waits for" value={duration(seconds(now - offer.waitingSince))} />
          <Stat
            label={offer.from === null ? 'Asked for a person at' : 'Handed on by an agent, from'}
            value={<code className="font-mono text-base">{offer.node}</code>}
          />
        </dl>
        <div className="flex flex-wrap items-center gap-2">
          <span className="tnum text-quiet">{seconds(offer.expiresAt - now)} s left</span>
          <Button onClick={() => desk.decline(offer.id)}>
            <PhoneOff aria-hidden />
            Decline
          </Button>
          <Button tone="primary" onClick={() => desk.accept(offer.id)}>
            <Phone aria-hidden />
            Answer
          </Button>
        </div>
      </div>
    </Card>
  );
}
