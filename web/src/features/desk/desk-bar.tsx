import { Link, useLocation } from '@tanstack/react-router';
import { Phone, PhoneOff } from 'lucide-react';
import { duration, phone } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import type { Desk } from './desk.ts';
import { useRing } from './ring.ts';

/** Whoever is at the desk hears of callers on every page. */
export function DeskBar({ desk, tenant }: { readonly desk: Desk; readonly tenant: string }) {
  const { offers, talk } = desk.state;
  const isAtDesk = useLocation().pathname.endsWith('/agent');
  const now = useNow();
  const offer = offers[0];
  useRing(offer !== undefined);
  if (isAtDesk || (offer === undefined && talk === null)) return null;
  return (
    <div
      role={offer === undefined ? 'status' : 'alert'}
      className="flex flex-wrap items-center justify-between gap-2 border-b border-line bg-accent-soft px-4 py-2 text-accent-text md:px-8"
    >
      {offer === undefined ? (
        <>
          <span className="tnum">You talk with {phone(talk?.number ?? '')}</span>
          <Button asChild size="small">
            <Link to="/t/$tenant/agent" params={{ tenant }}>
              Go to the talk
            </Link>
          </Button>
        </>
      ) : (
        <>
          <span className="tnum">
            {phone(offer.number)} waits for a person, since{' '}
            {duration(Math.max(0, (now - offer.waitingSince) / 1000))}
          </span>
          <span className="flex gap-2">
            <Button size="small" onClick={() => desk.decline(offer.id)}>
              <PhoneOff aria-hidden />
              Decline
            </Button>
            <Button size="small" tone="primary" asChild>
              <Link to="/t/$tenant/agent" params={{ tenant }} onClick={() => desk.accept(offer.id)}>
                <Phone aria-hidden />
                Answer
              </Link>
            </Button>
          </span>
        </>
      )}
    </div>
  );
}
