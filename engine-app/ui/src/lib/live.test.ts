import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CALM, collector } from './live';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what is read again after a change', () => {
  it('is gathered, and what is calm is read more seldom', async () => {
    const client = new QueryClient();
    const read = { list: 0, board: 0 };
    const stops = (['list', 'board'] as const).map((key) =>
      new QueryObserver(client, {
        queryKey: ['opportunities', key],
        queryFn: () => (read[key] += 1),
        ...(key === 'board' && { meta: CALM }),
      }).subscribe(() => undefined),
    );
    await vi.advanceTimersByTimeAsync(0);
    const changes = collector(client);
    for (let i = 0; i < 30; i++) {
      changes.take('opportunity.changed');
      await vi.advanceTimersByTimeAsync(100);
    }
    // 3 s of changes: the list about every 400 ms, the board at the first.
    expect(read.list).toBeGreaterThan(6);
    expect(read.board).toBe(2);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(read.board).toBe(3);
    changes.stop();
    for (const stop of stops) stop();
  });
});
