/** Formatting in the reader's locale and time zone. */

interface Place {
  locale: string;
  timeZone: string;
}

let place: Place = {
  locale: navigator.language,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
};

const placeWatchers = new Set<() => void>();

/** Calls back whenever times and numbers are to be written another way; gives back what ends that. */
export function watchPlace(watcher: () => void): () => void {
  placeWatchers.add(watcher);
  return () => placeWatchers.delete(watcher);
}

/** Sets the locale and time zone of the person who is signed in. Unknown ones are left as they are. */
export function setPlace(wanted: Partial<Place>): void {
  const next = { ...place };
  try {
    if (wanted.locale)
      next.locale = Intl.getCanonicalLocales(wanted.locale.replace('_', '-'))[0] ?? next.locale;
  } catch {
    // An unknown locale: keep the browser's.
  }
  try {
    if (wanted.timeZone) {
      Intl.DateTimeFormat('en', { timeZone: wanted.timeZone });
      next.timeZone = wanted.timeZone;
    }
  } catch {
    // An unknown time zone: keep the browser's.
  }
  if (next.locale === place.locale && next.timeZone === place.timeZone) return;
  place = next;
  for (const watcher of placeWatchers) watcher();
}

export function timeZone(): string {
  return place.timeZone;
}

/** The names of all time zones that the browser knows, and one more that it may know under another name. */
export function timeZones(also?: string | null): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...(also ? [also] : [])])].sort();
}

export function formatNumber(value: number, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(place.locale, options).format(value);
}

/** @param short leaves out the cents of a whole amount */
export function formatMoney(amount: string, currency: string, short = false): string {
  try {
    const trailingZeroDisplay = short ? 'stripIfInteger' : 'auto';
    const options = { style: 'currency', currency, trailingZeroDisplay } as Intl.NumberFormatOptions;
    return new Intl.NumberFormat(place.locale, options).format(Number(amount));
  } catch {
    return `${amount} ${currency}`;
  }
}

/** A calendar day such as 2026-01-31, which has no time zone. */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(place.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}

export function formatMoment(moment: string | Date, seconds = false): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return String(moment);
  return new Intl.DateTimeFormat(place.locale, {
    dateStyle: 'medium',
    timeStyle: seconds ? 'medium' : 'short',
    timeZone: place.timeZone,
  }).format(date);
}

/** From one moment to another, such as "1 Dec 2026, 10:00 – 10:30"; the day is said once where both are on it. */
export function formatPeriod(from: string, to: string): string {
  const ends = [new Date(from), new Date(to)] as const;
  if (ends.some((end) => Number.isNaN(end.getTime()))) return `${from} – ${to}`;
  return new Intl.DateTimeFormat(place.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: place.timeZone,
  }).formatRange(...ends);
}

const STEPS: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [45, 1, 'second'],
  [45 * 60, 60, 'minute'],
  [22 * 3600, 3600, 'hour'],
  [26 * 86_400, 86_400, 'day'],
  [320 * 86_400, 30.44 * 86_400, 'month'],
  [Infinity, 365.25 * 86_400, 'year'],
];

/** "3 hours ago", "in 2 days". */
export function formatRelative(moment: string | Date, now: Date = new Date()): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return String(moment);
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(place.locale, { numeric: 'auto' });
  const [, size, unit] = STEPS.find(([limit]) => Math.abs(seconds) < limit) ?? [0, 1, 'second' as const];
  return format.format(Math.round(seconds / size), unit);
}

/** A span such as "350 ms", "4.2 s", "3 min", from milliseconds. */
export function formatSpan(milliseconds: number): string {
  const unit = (value: number, name: string, digits = 0) =>
    formatNumber(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits });
  // What starts and ends in one batch has one time stamp: it took less than can be told.
  if (milliseconds < 1) return `< ${unit(1, 'millisecond')}`;
  if (milliseconds < 1000) return unit(milliseconds, 'millisecond');
  if (milliseconds < 60_000) return unit(milliseconds / 1000, 'second', 1);
  if (milliseconds < 3_600_000) return unit(milliseconds / 60_000, 'minute');
  if (milliseconds < 86_400_000) return unit(milliseconds / 3_600_000, 'hour', 1);
  return unit(milliseconds / 86_400_000, 'day', 1);
}

export function formatBytes(bytes: number): string {
  const names = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let value = bytes;
  let index = 0;
  while (value >= 1000 && index < names.length - 1) {
    value /= 1000;
    index += 1;
  }
  return formatNumber(value, {
    style: 'unit',
    unit: names[index] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: index === 0 ? 0 : 1,
  });
}

/** The value for an input of type datetime-local, in the reader's time zone. */
export function toLocalInput(moment: string | null | undefined): string {
  if (!moment) return '';
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return '';
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: place.timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(date);
  return parts.replace(' ', 'T');
}

/** The moment (UTC) that a datetime-local input means in the reader's time zone. */
export function fromLocalInput(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  const wanted = new Date(`${text.slice(0, 16)}:00Z`).getTime();
  if (Number.isNaN(wanted)) return null;
  let guess = wanted;
  // Twice, because the offset at the first guess may differ from the one at the result around a clock change.
  for (let round = 0; round < 2; round += 1) {
    guess += wanted - new Date(`${toLocalInput(new Date(guess).toISOString())}:00Z`).getTime();
  }
  return new Date(guess).toISOString();
}
