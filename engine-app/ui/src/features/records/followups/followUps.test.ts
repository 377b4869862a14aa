import { beforeAll, describe, expect, it } from 'vitest';
import { setPlace } from '@/lib/format';
import { plannedFilter } from './followUps';

describe('plannedFilter', () => {
  // Half an hour into the 11th where the reader is, while it is still the 10th in UTC and further west.
  const now = new Date('2026-05-10T19:00:00Z');
  const start = '2026-05-10T18:30:00.000Z';
  const end = '2026-05-11T18:30:00.000Z';

  beforeAll(() => setPlace({ timeZone: 'Asia/Kolkata' }));

  it("LEAD-E34 a follow-up of yesterday is overdue and not of today, by the reader's days", () => {
    expect(plannedFilter('overdue', now)).toContain(`dueAt < ${start}`);
    expect(plannedFilter('today', now)).toContain(`dueAt >= ${start} and dueAt < ${end}`);
  });

  it('follow-ups from tomorrow on are upcoming', () => {
    expect(plannedFilter('upcoming', now)).toContain(`dueAt >= ${end}`);
  });

  it('a day is as long as it is when the clocks change', () => {
    setPlace({ timeZone: 'Europe/Berlin' });
    expect(plannedFilter('today', new Date('2026-03-29T10:00:00Z'))).toContain(
      'dueAt >= 2026-03-28T23:00:00.000Z and dueAt < 2026-03-29T22:00:00.000Z',
    );
  });
});
