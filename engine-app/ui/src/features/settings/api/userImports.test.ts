import { describe, expect, it } from 'vitest';
import { Problem } from '@/lib/http';
import { staysUnknown } from './userImports';

describe('an import of users that was answered by an error', () => {
  it('is repeated as the same order only while it may have taken effect', () => {
    expect(staysUnknown(new Problem(0, 'unreachable', ''))).toBe(true);
    expect(staysUnknown(new Problem(503, 'busy', ''))).toBe(true);
    const running = [{ field: 'Idempotency-Key', expectation: 'one request at a time' }];
    expect(staysUnknown(new Problem(409, 'conflict', '', running))).toBe(true);
  });

  it('is another order after a refusal', () => {
    expect(staysUnknown(new Problem(422, 'invalid', ''))).toBe(false);
    expect(staysUnknown(new Problem(409, 'conflict', ''))).toBe(false);
    expect(staysUnknown(new Problem(403, 'forbidden', ''))).toBe(false);
  });
});
