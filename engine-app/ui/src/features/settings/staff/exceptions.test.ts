import { describe, expect, it } from 'vitest';
import type { Template, Words } from '../api/permissions';
import { differences, exceptionIn, reachGiven, ruleGiven, templatesOf, withPoint } from './exceptions';

function template(id: number, roles: string[], sections: Words, fields: Words = {}): Template {
  return {
    id,
    version: 1,
    name: `T${id}`,
    fixed: false,
    changed: false,
    roles,
    grants: { sections, fields },
  };
}

const sales = template(1, ['crm_sales'], { lead: { view: 'own' } }, { lead: { email: 'hidden' } });
const agent = template(2, ['agent'], { lead: { view: 'team' }, task: { edit: 'all' } });
const extra = template(3, [], { lead: { export: 'all' } });

describe('exceptions', () => {
  it('are measured by the templates of the roles and those given beside them', () => {
    const held = templatesOf([sales, agent, extra], ['crm_sales'], [3]);
    expect(held).toEqual([sales, extra]);
    expect(reachGiven(held, 'lead', 'view')).toBe('own');
    expect(reachGiven(held, 'lead', 'export')).toBe('all');
    expect(reachGiven(held, 'task', 'edit')).toBe('none');
    expect(reachGiven([sales, agent], 'lead', 'view')).toBe('team');
    expect(reachGiven([], 'lead', 'view')).toBe('none');
  });

  it('keep a field back only when all templates that show such records do', () => {
    expect(ruleGiven([sales], 'lead', 'Email')).toBe('hidden');
    expect(ruleGiven([sales, agent], 'lead', 'email')).toBe('open');
    expect(ruleGiven([sales, extra], 'lead', 'email')).toBe('hidden');
    expect(ruleGiven([], 'lead', 'email')).toBe('open');
  });

  it('are found in their point', () => {
    const held = { sections: { lead: { view: 'none' } }, fields: { lead: { email: 'hidden' } } };
    expect(exceptionIn(held, { kind: 'sections', outer: 'lead', inner: 'view' })?.value).toBe('none');
    expect(exceptionIn(held, { kind: 'fields', outer: 'lead', inner: 'Email' })).toMatchObject({
      inner: 'email',
      value: 'hidden',
    });
    expect(exceptionIn(held, { kind: 'sections', outer: 'lead', inner: 'edit' })).toBeUndefined();
  });

  it('are set and taken back point by point', () => {
    const none = { sections: {}, fields: {} };
    const point = { kind: 'sections', outer: 'lead', inner: 'view' } as const;
    const one = withPoint(none, point, 'all');
    expect(differences(one)).toEqual([{ ...point, value: 'all' }]);
    const two = withPoint(one, { kind: 'fields', outer: 'lead', inner: 'email' }, 'open');
    expect(differences(two)).toHaveLength(2);
    expect(withPoint(two, point, null)).toEqual({ sections: {}, fields: { lead: { email: 'open' } } });
    expect(none).toEqual({ sections: {}, fields: {} });
  });
});
