import { describe, expect, it } from 'vitest';
import { parseFilter } from './parse';
import { printFilter } from './print';
import { toFilter, toTree } from './tree';

const again = (text: string) => printFilter(toFilter(toTree(parseFilter(text))));

describe('the tree of a filter', () => {
  it.each([
    'city = "Pune"',
    'city = "Pune" and score >= 10',
    'city = "Pune" and (score >= 10 or has tag "vip")',
    'not (city = "Pune" and score >= 10)',
    'city = "Pune" and not (score between 1 and 2)',
    'a = 1 or (b = 2 and (c = 3 or not (d > 4 or e is empty)))',
    'has activity "payment" within last 7 days',
  ])('keeps %s', (text) => {
    expect(printFilter(parseFilter(again(text)))).toBe(again(text));
    expect(again(again(text))).toBe(again(text));
  });

  it('says the opposite of a single comparison by its own word', () => {
    expect(again('not source in ("Web")')).toBe('source not in ("Web")');
  });

  it('negates what has no opposite word as a group', () => {
    expect(toTree(parseFilter('not score > 4'))).toMatchObject({
      not: true,
      items: [{ operator: 'greater' }],
    });
    expect(again('not score > 4')).toBe('not score > 4');
  });

  it('leaves out what is not complete', () => {
    const tree = toTree(parseFilter('a = 1 and (b = 2 or c = 3)'));
    expect(printFilter(toFilter(tree, (test) => test.field === 'a'))).toBe('a = 1');
    expect(printFilter(toFilter(tree, () => false))).toBe('');
  });
});
