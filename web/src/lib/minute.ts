/** Minutes after midnight as a time field has them: 540 is 09:00. The end of the day is 00:00. */
export function timeOf(minute: number): string {
  const hour = String(Math.floor(minute / 60) % 24).padStart(2, '0');
  return `${hour}:${String(minute % 60).padStart(2, '0')}`;
}

export function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** The minute at which a day's window closes: midnight is its end, not its beginning. */
export function closingMinuteOf(time: string): number {
  const minute = minuteOf(time);
  return minute === 0 ? 24 * 60 : minute;
}
