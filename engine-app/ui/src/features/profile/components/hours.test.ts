import { describe, expect, it } from 'vitest';
import { nextInterval, wrongWith } from './hours';

describe('the hours of a day', () => {
  it('end after they begin', () => {
    expect(wrongWith([{ from: '09:00', to: '12:00' }])).toBeUndefined();
    expect(wrongWith([{ from: '12:00', to: '09:00' }])).toBe('end');
    expect(wrongWith([{ from: '09:00', to: '09:00' }])).toBe('end');
    expect(wrongWith([{ from: '09:00', to: '' }])).toBe('end');
  });

  it('may touch but not overlap, in whatever order they stand', () => {
    const morning = { from: '09:00', to: '12:00' };
    expect(wrongWith([{ from: '12:00', to: '13:00' }, morning])).toBeUndefined();
    expect(wrongWith([{ from: '11:59', to: '13:00' }, morning])).toBe('overlap');
  });

  it('go on after the last ones', () => {
    expect(nextInterval([])).toEqual({ from: '09:00', to: '17:00' });
    expect(nextInterval([{ from: '09:00', to: '12:00' }])).toEqual({ from: '13:00', to: '14:00' });
    expect(wrongWith([nextInterval([{ from: '09:00', to: '23:30' }])])).toBeUndefined();
  });
});
