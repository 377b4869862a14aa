import { describe, expect, it } from 'vitest';
import type { Candidate } from '@/api/merges';
import { differs, standard } from './choices';

function record(id: number, values: Record<string, unknown>): Candidate {
  return { id, version: 1, values, mayKeep: true, related: {} };
}

describe('whose value a field gets when nobody chooses', () => {
  const one = record(1, { city: 'Pune', stage: 'Prospect', doNotEmail: false });
  const two = record(2, { city: 'Goa', zip: '1', stage: 'Customer', status: 'Won', doNotEmail: true });
  const three = record(3, { zip: '2', stage: 'Prospect', status: 'Open' });
  const all = [one, two, three];

  it('is that of the record that stays', () => {
    expect(standard('city', 1, all, {})).toBe(1);
    expect(standard('city', 2, all, {})).toBe(2);
  });

  it('is the first of the others where that one has none', () => {
    expect(standard('zip', 1, all, {})).toBe(2);
    expect(standard('fax', 1, all, {})).toBe(1);
  });

  it('is a wish not to be contacted, whoever has it', () => {
    expect(standard('doNotEmail', 1, all, {})).toBe(2);
  });

  it('is a status of the chosen stage', () => {
    expect(standard('status', 1, all, {})).toBe(3);
    expect(standard('status', 1, all, { stage: 2 })).toBe(2);
  });

  it('is not asked where all have the same', () => {
    expect(differs('stage', [one, three])).toBe(false);
    expect(differs('city', all)).toBe(true);
  });
});
