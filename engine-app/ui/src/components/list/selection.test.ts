import { describe, expect, it } from 'vitest';
import { NOTHING, ranged, toggled } from './selection';

describe('selection', () => {
  it('takes a row in and out', () => {
    const one = toggled(NOTHING, 7);
    expect([...one.ids]).toEqual([7]);
    expect([...toggled(one, 7).ids]).toEqual([]);
  });
  it('takes everything between the first and the last row, in either direction', () => {
    const order = [5, 3, 9, 1];
    expect([...ranged(toggled(NOTHING, 3), order, 1).ids]).toEqual([3, 9, 1]);
    expect([...ranged(toggled(NOTHING, 9), order, 5).ids].sort()).toEqual([3, 5, 9]);
  });
  it('takes the row alone when there is no first one', () => {
    expect([...ranged(NOTHING, [1, 2], 2).ids]).toEqual([2]);
  });
});
