import { ROUTES } from 'virtual:api-routes';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { RouteName } from '../../../src/contract/api.ts';
import { FEATURES } from '../../../src/contract/rule.ts';
import { api, type Output } from './client.ts';

export type Me = Output<'readMe'>;
export type OwnTenant = Output<'readOwnTenant'>;

/** In whose name the page asks. */
export type Seat = {
  readonly me: Me;
  readonly tenant: OwnTenant;
  readonly role: 'AGENT' | 'ADMIN';
  /** Until when the platform's owner works here; null for members. */
  readonly actingUntil: number | null;
};

export const ME_KEY = ['readMe'] as const;

export function useMe() {
  return useQuery({
    queryKey: ME_KEY,
    queryFn: ({ signal }) => api('readMe', {}, { tenant: null, signal }),
    staleTime: 60_000,
  });
}

const SeatContext = createContext<Seat | null>(null);

export function SeatProvider({ seat, children }: { seat: Seat; children: ReactNode }) {
  return <SeatContext value={seat}>{children}</SeatContext>;
}

export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (seat === null) throw new Error('This page needs a tenant.');
  return seat;
}

/** The tenant that requests are about; null outside of any. */
export function useTenantId(): string | null {
  return useContext(SeatContext)?.tenant.id ?? null;
}

/** Whether the API would take this operation from who is here: a page offers nothing else. */
export function useMay(): (name: RouteName) => boolean {
  const seat = useContext(SeatContext);
  return useMemo(() => (name) => mayUse(seat, name), [seat]);
}

export function mayUse(seat: Seat | null, name: RouteName): boolean {
  const { rule, method } = ROUTES[name];
  if (rule.who !== 'tenant') return rule.who !== 'superadmin' || seat?.me.isSuperadmin === true;
  if (seat === null) return false;
  if (rule.role === 'ADMIN' && seat.role !== 'ADMIN') return false;
  if (rule.feature !== null && !FEATURES[seat.tenant.plan].includes(rule.feature)) return false;
  return method === 'get' || seat.tenant.state === 'active';
}

export function useSeatTimeZone(): string | null {
  return useContext(SeatContext)?.tenant.timeZone ?? null;
}
