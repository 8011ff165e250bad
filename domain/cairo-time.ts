/** The business lives by Cairo's clock: an order of 1 June 00:30 in Cairo is no order of May. */
export const cairo = 'Africa/Cairo';

const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: cairo,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** The day in Cairo at an instant: `2026-06-01`. */
export function cairoDay(at: Date): string {
  return clock.format(at).slice(0, 10);
}

/** The instant at which Cairo's clocks show a wall time such as `2026-06-01T00:30:00`. A time that summer time skips is read as the one after it. */
export function cairoInstant(wallTime: string): Date {
  const asIfUtc = Date.parse(`${wallTime}Z`);
  const first = asIfUtc - offsetAt(asIfUtc);
  return new Date(asIfUtc - offsetAt(first));
}

/** The instant at which a day (`2026-06-01`) begins in Cairo. */
export function cairoDayStart(day: string): Date {
  return cairoInstant(`${day}T00:00:00`);
}

/** The instant at which the day after begins: the end, itself outside, of a filter "to this day". */
export function cairoDayEnd(day: string): Date {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return cairoDayStart(next.toISOString().slice(0, 10));
}

/** How far Cairo is ahead of UTC at an instant, in milliseconds: two hours, or three in summer. */
function offsetAt(instant: number): number {
  const wall = clock.format(new Date(instant)).replace(', ', 'T');
  return Date.parse(`${wall}Z`) - Math.floor(instant / 1000) * 1000;
}
