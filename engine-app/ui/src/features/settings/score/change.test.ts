import { describe, expect, it } from 'vitest';
import { percentOf } from '@/api/leadScore';
import { changeOf, maximumOf, sumOf, valuesOf } from './change';
import type { ScoreSettings } from './api';

const settings = {
  version: 3,
  fields: [
    { field: 'email', label: 'E-mail', percentage: 40 },
    { field: 'phone', label: 'Phone', percentage: 30 },
    { field: 'company', label: 'Company', percentage: 30 },
    { field: 'city', label: 'City' },
  ],
  kinds: [
    {
      field: 'stage',
      label: 'Stage',
      choices: [
        { id: 1, label: 'New', points: 0 },
        { id: 2, label: 'Qualified', points: 20 },
        { id: 3, label: 'Lost', points: -10 },
      ],
    },
    { field: 'rating', label: 'Rating', choices: [{ id: 9, label: 'Cold' }] },
  ],
  pointsPerView: 1,
  websiteCap: 20,
  display: 'percentage',
  sum: 100,
  maximum: 140,
  progress: { state: 'done', looked: 0, changed: 0, total: 0 },
} as unknown as ScoreSettings;

describe('the score as it is being set', () => {
  it('has the maximum of LEAD-E18 and the sum of the percentages', () => {
    const values = valuesOf(settings);
    expect(sumOf(values)).toBe(100);
    expect(maximumOf(settings, values)).toBe(140);
    expect(maximumOf(settings, { ...values, pointsPerView: 0 })).toBe(120);
    expect(percentOf(95, 140)).toBe(68);
    expect(percentOf(125, 140)).toBe(89);
    expect(percentOf(155, 140)).toBe(100);
    expect(percentOf(-5, 140)).toBe(0);
  });

  it('is sent with what is filled in, and nothing else', () => {
    const values = valuesOf(settings);
    expect(changeOf({ ...values, choices: { ...values.choices, '2': '' } }, 3)).toEqual({
      version: 3,
      fields: { email: 40, phone: 30, company: 30 },
      choices: { '1': 0, '3': -10 },
      pointsPerView: 1,
      websiteCap: 20,
      display: 'percentage',
    });
  });
});
