import { describe, expect, it } from 'vitest';
import { allOf, enough, quoted, searchFilter } from './searchFilter';

describe('search filter', () => {
  it('quotes what a person types', () => {
    expect(quoted('a "b" \\c')).toBe('"a \\"b\\" \\\\c"');
  });
  it('asks the fields that people know', () => {
    expect(searchFilter('tasks', ' call ')).toBe('title contains "call"');
    expect(searchFilter('leads', '  ')).toBeUndefined();
  });
  it('leaves out what the reader does not see', () => {
    const seen = (field: string) => ['name', 'contact.email'].includes(field);
    expect(searchFilter('opportunities', 'ann', undefined, seen)).toBe(
      'name contains "ann" or contact.email contains "ann"',
    );
    expect(searchFilter('tasks', 'ann', undefined, seen)).toBe('id = 0');
    expect(searchFilter('tasks', 'ann', 'has tag "Ann"', seen)).toBe('has tag "Ann"');
  });
  it('needs three letters or digits (LEAD-087)', () => {
    expect(enough('an')).toBe(false);
    expect(enough('a n ')).toBe(false);
    expect(enough('ann')).toBe(true);
  });
  it('joins filters with brackets so that an or stays inside', () => {
    expect(allOf('a = 1 or b = 2', undefined, 'c = 3')).toBe('(a = 1 or b = 2) and (c = 3)');
    expect(allOf(undefined, 'c = 3')).toBe('c = 3');
  });
});
