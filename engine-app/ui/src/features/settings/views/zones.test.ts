import { describe, expect, it } from 'vitest';
import { placed, removed } from './zones';

const before = { up: ['a', 'b', 'c'], down: ['x'] };

describe('what stands in which place', () => {
  it('is put at the end, or before another, and stands in one place only', () => {
    expect(placed(before, 'n', 'down')).toEqual({ up: ['a', 'b', 'c'], down: ['x', 'n'] });
    expect(placed(before, 'b', 'down', 0)).toEqual({ up: ['a', 'c'], down: ['b', 'x'] });
  });

  it('is put into another order', () => {
    expect(placed(before, 'a', 'up', 2).up).toEqual(['b', 'c', 'a']);
    expect(placed(before, 'c', 'up', 0).up).toEqual(['c', 'a', 'b']);
    expect(placed(before, 'c', 'up', 9)).toBe(before);
    expect(placed(before, 'a', 'up', 0)).toBe(before);
  });

  it('is taken out', () => {
    expect(removed(before, 'x').down).toEqual([]);
  });
});
