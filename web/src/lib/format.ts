const whole = new Intl.NumberFormat('en-US');

export function count(n: number): string {
  return whole.format(n);
}

/** "-" when nothing stands under the line: a rate of nothing is not 0 %. */
export function percent(part: number, of: number): string {
  return of === 0 ? '-' : `${((part / of) * 100).toFixed(1)} %`;
}

export function dollars(usd: number): string {
  return usd.toLocaleString('en-US', { style: 'currency', currency: 'USD' });
}

/** Minutes and seconds, such as 1:05. */
export function duration(seconds: number | null): string {
  if (seconds === null) return '-';
  const rest = String(Math.floor(seconds % 60)).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

export function dateTime(at: number, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-US', {
    ...{ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
    ...(timeZone === undefined ? {} : { timeZone, timeZoneName: 'short' }),
    ...(isThisYear(at) ? {} : { year: 'numeric' }),
  }).format(at);
}

/** With milliseconds, for a timeline. */
export function clockTime(at: number): string {
  return new Intl.DateTimeFormat('en-US', {
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
    fractionalSecondDigits: 3,
  }).format(at);
}

function isThisYear(at: number): boolean {
  return new Date(at).getFullYear() === new Date().getFullYear();
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });

/** "in 5 minutes", "2 hours ago". */
export function fromNow(at: number, now: number): string {
  const ms = at - now;
  const [unit, size] = STEPS.find(([, step]) => Math.abs(ms) >= step) ?? ['second', 1000];
  return relative.format(Math.round(ms / size), unit);
}

/** +12125550142 as people write it; other countries stay as they are. */
export function phone(e164: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return us === null ? e164 : `+1 ${us[1]} ${us[2]} ${us[3]}`;
}

export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  return n < 1024 * 1024 ? `${(n / 1024).toFixed(0)} KB` : `${(n / 1024 / 1024).toFixed(1)} MB`;
}

/** Words of a program as words of a person: `no_response`, `in-progress`. */
export function words(code: string): string {
  const text = code.replaceAll(/[_-]/g, ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 540 as 9:00 AM. */
export function minuteOfDay(minute: number): string {
  const hour = Math.floor(minute / 60) % 24;
  const rest = String(minute % 60).padStart(2, '0');
  return `${hour % 12 === 0 ? 12 : hour % 12}:${rest} ${hour < 12 ? 'AM' : 'PM'}`;
}
