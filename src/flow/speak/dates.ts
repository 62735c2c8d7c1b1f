import { MONTHS, type Moment, parseMoment, WEEKDAYS, weekdayOf } from './calendar.ts';
import { cardinal, ordinal, yearWords } from './numbers.ts';

/** "Friday, December twenty-fifth"; `short` leaves out the weekday, `long` adds the year. */
export function speakDate(text: string, arg: string, locale: string, zone: string): string | null {
  const moment = parseMoment(text, zone);
  if (moment === null) return null;
  if (!isEnglish(locale)) {
    const weekday = arg === 'short' ? {} : ({ weekday: 'long' } as const);
    const year = arg === 'long' ? ({ year: 'numeric' } as const) : {};
    return byIntl(moment, locale, { ...weekday, month: 'long', day: 'numeric', ...year });
  }
  const day = `${MONTHS[moment.month - 1]} ${ordinal(moment.day)}`;
  if (arg === 'short') return day;
  const full = `${WEEKDAYS[weekdayOf(moment)]}, ${day}`;
  return arg === 'long' ? `${full}, ${yearWords(moment.year)}` : full;
}

export function speakWeekday(text: string, locale: string, zone: string): string | null {
  const moment = parseMoment(text, zone);
  if (moment === null) return null;
  if (!isEnglish(locale)) return byIntl(moment, locale, { weekday: 'long' });
  return WEEKDAYS[weekdayOf(moment)] ?? null;
}

/** "two thirty PM", "noon"; reads `14:30`, `2:30 pm` and the time of a date. */
export function speakTime(text: string, locale: string, zone: string): string | null {
  const minutes = minutesOf(text) ?? parseMoment(text, zone)?.minutes ?? null;
  if (minutes === null) return null;
  if (!isEnglish(locale)) {
    const noDay = { year: 2000, month: 1, day: 1, minutes };
    return byIntl(noDay, locale, { hour: 'numeric', minute: '2-digit' });
  }
  if (minutes === 720) return 'noon';
  if (minutes === 0) return 'midnight';
  const hour = cardinal(Math.floor(minutes / 60) % 12 || 12);
  const rest = minutes % 60;
  const past = rest === 0 ? '' : rest < 10 ? ` oh ${cardinal(rest)}` : ` ${cardinal(rest)}`;
  return `${hour}${past} ${minutes < 720 ? 'AM' : 'PM'}`;
}

/** Minutes since midnight of `14:30`, `2:30 pm` or `2pm`. */
export function minutesOf(text: string): number | null {
  const [, hour, minute = '0', half = ''] =
    /^(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap]\.?m\.?)?$/i.exec(text.trim()) ?? [];
  if (hour === undefined || (!text.includes(':') && half === '')) return null;
  const hours = Number(hour);
  if (hours > 23 || Number(minute) > 59 || (half !== '' && (hours < 1 || hours > 12))) return null;
  const isAfternoon = half.toLowerCase().startsWith('p');
  return (half === '' ? hours : (hours % 12) + (isAfternoon ? 12 : 0)) * 60 + Number(minute);
}

export const isEnglish = (locale: string) => /^en\b/i.test(locale);

function byIntl(moment: Moment, locale: string, options: Intl.DateTimeFormatOptions): string {
  const { year, month, day, minutes } = moment;
  const at = Date.UTC(year, month - 1, day, 0, minutes ?? 0);
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(at);
}
