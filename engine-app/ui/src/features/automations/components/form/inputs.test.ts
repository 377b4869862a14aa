import { describe, expect, it } from 'vitest';
import { isShown, withSetting } from './inputs';

const form = [
  { key: 'kind', label: 'Until', input: 'select' },
  { key: 'amount', label: 'Amount', input: 'number', when: { kind: ['duration'] } },
  { key: 'date', label: 'Date', input: 'dateTime', when: { kind: ['until', 'untilField'] } },
];

describe('settings that depend on others', () => {
  it('are shown only with what they belong to', () => {
    const shown = (settings: object) =>
      form.filter((setting) => isShown(setting, { ...settings })).map(({ key }) => key);
    expect(shown({ kind: 'duration' })).toEqual(['kind', 'amount']);
    expect(shown({ kind: 'until' })).toEqual(['kind', 'date']);
    expect(shown({})).toEqual(['kind']);
  });

  it('are left out when what they belong to changes; settings without an input stay', () => {
    const before = { kind: 'duration', amount: 4, note: 'kept' };
    expect(withSetting(form, before, 'kind', 'until')).toEqual({ kind: 'until', note: 'kept' });
    expect(withSetting(form, before, 'amount', undefined)).toEqual({ kind: 'duration', note: 'kept' });
  });
});
