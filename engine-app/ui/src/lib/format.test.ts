import { beforeAll, describe, expect, it } from 'vitest';
import {
  formatDay,
  formatMoment,
  formatMoney,
  formatPeriod,
  formatRelative,
  formatSpan,
  fromLocalInput,
  setPlace,
  toLocalInput,
} from './format';

beforeAll(() => setPlace({ locale: 'en-GB', timeZone: 'Asia/Kolkata' }));

describe('formatting', () => {
  it("shows moments in the reader's time zone and days without one", () => {
    expect(formatMoment('2026-01-31T20:00:00Z')).toContain('1 Feb 2026');
    expect(formatDay('2026-01-31')).toBe('31 Jan 2026');
  });
  it('says the day of a period once, and both where it ends on another', () => {
    expect(formatPeriod('2026-01-31T04:00:00Z', '2026-01-31T04:30:00Z')).toMatch(
      /^31 Jan 2026, 09:30\s?–\s?10:00$/,
    );
    expect(formatPeriod('2026-01-31T18:00:00Z', '2026-01-31T19:00:00Z')).toMatch(/31 Jan.*1 Feb/);
    expect(formatPeriod('soon', 'later')).toBe('soon – later');
  });
  it('says how long ago', () => {
    const now = new Date('2026-01-31T12:00:00Z');
    expect(formatRelative('2026-01-31T09:00:00Z', now)).toBe('3 hours ago');
    expect(formatRelative('2026-02-02T12:00:00Z', now)).toBe('in 2 days');
  });
  it('chooses units of spans and money by locale', () => {
    expect(formatSpan(0)).toBe('< 1 ms');
    expect(formatSpan(350)).toBe('350 ms');
    expect(formatSpan(4200)).toMatch(/^4\.2 sec/);
    expect(formatMoney('12.5', 'EUR')).toBe('€12.50');
    expect(formatMoney('1', 'not a currency')).toBe('1 not a currency');
  });
  it('reads back what a date-time input shows, also around a clock change', () => {
    expect(toLocalInput('2026-01-31T20:00:00Z')).toBe('2026-02-01T01:30');
    expect(fromLocalInput('2026-02-01T01:30')).toBe('2026-01-31T20:00:00.000Z');
    setPlace({ timeZone: 'Europe/Berlin' });
    for (const moment of [
      '2026-03-29T00:30:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-10-25T02:30:00.000Z',
    ]) {
      expect(fromLocalInput(toLocalInput(moment))).toBe(moment);
    }
    expect(fromLocalInput('')).toBeNull();
  });
  it('keeps its place when it is told nonsense', () => {
    setPlace({ timeZone: 'Mars/Olympus', locale: '!!' });
    expect(formatDay('2026-01-31')).toBe('31 Jan 2026');
  });
});
