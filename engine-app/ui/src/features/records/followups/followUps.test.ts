import { describe, expect, it } from 'vitest';
import { plannedFilter } from './followUps';

describe('plannedFilter', () => {
  const now = new Date(2026, 4, 10, 12, 30);
  const start = new Date(2026, 4, 10).toISOString();
  const end = new Date(2026, 4, 11).toISOString();

  it('LEAD-E34 a follow-up of yesterday is overdue and not of today', () => {
    expect(plannedFilter('overdue', now)).toContain(`dueAt < ${start}`);
    expect(plannedFilter('today', now)).toContain(`dueAt >= ${start} and dueAt < ${end}`);
  });

  it('follow-ups from tomorrow on are upcoming', () => {
    expect(plannedFilter('upcoming', now)).toContain(`dueAt >= ${end}`);
  });
});
