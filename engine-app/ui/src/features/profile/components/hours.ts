export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof DAYS)[number];
export interface Interval {
  from: string;
  to: string;
}
export type Week = Partial<Record<Day, Interval[]>>;

/** The intervals that somebody most likely adds next: after the last one, or office hours. */
export function nextInterval(intervals: Interval[]): Interval {
  const last = intervals[intervals.length - 1];
  if (!last) return { from: '09:00', to: '17:00' };
  const hour = Math.min(22, Number(last.to.slice(0, 2)) + 1);
  const text = (value: number) => `${String(value).padStart(2, '0')}:00`;
  return { from: text(hour), to: text(hour + 1) };
}

/** What is wrong with the hours of a day; undefined when nothing is. */
export function wrongWith(intervals: Interval[]): 'end' | 'overlap' | undefined {
  if (intervals.some(({ from, to }) => !from || !to || to <= from)) return 'end';
  const sorted = [...intervals].sort((one, other) => one.from.localeCompare(other.from));
  return sorted.some((one, index) => index > 0 && one.from < (sorted[index - 1]?.to ?? ''))
    ? 'overlap'
    : undefined;
}
