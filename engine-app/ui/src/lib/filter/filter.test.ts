import { describe, expect, it } from 'vitest';
import { FilterError, parseFilter } from './parse';
import { printFilter } from './print';

const again = (text: string) => printFilter(parseFilter(text));

describe('filter grammar', () => {
  it.each([
    'city = "Bangalore"',
    'score >= 10',
    'createdAt within last 7 days',
    'source not in ("Web", "Referral")',
    'has tag "vip"',
    'in list 12',
    'not in list 12',
    'score between 6 and 10',
    'dueAt < now',
    'createdAt >= today',
    'dueAt <= now + 2 hours',
    'dueAt >= now - 2 hours',
    'email is empty',
    'renewal on 2026-01-31',
    'createdAt on weekday (monday, friday)',
    'has activity "email-link-clicked" within last 7 days',
    'stage changed from "Prospect" to "Customer"',
    '`in` = "x"',
    'name contains "say \\"hi\\" \\\\ there"',
  ])('reads and writes %s unchanged', (text) => {
    expect(again(text)).toBe(text);
  });

  it('keeps brackets where they matter', () => {
    const text =
      'city = "Bangalore" and (score >= 10 or createdAt within last 7 days) and not source in ("Web")';
    expect(again(text)).toBe(text);
    expect(again('a = 1 and b = 2 or c = 3')).toBe('(a = 1 and b = 2) or c = 3');
  });

  it('ignores the case of keywords', () => {
    expect(again('a = 1 AND Has No Tag "x"')).toBe('a = 1 and has no tag "x"');
  });

  it('names the position of what it cannot read', () => {
    const read = () => parseFilter('city = ');
    expect(read).toThrow(FilterError);
    expect(read).toThrow('at position 8 a value');
    expect(() => parseFilter('city ~ 1')).toThrow('at position 6 a field, a value, an operator');
    expect(() => parseFilter('city = "open')).toThrow('at position 8');
  });
});
