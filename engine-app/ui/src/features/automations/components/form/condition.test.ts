import { describe, expect, it } from 'vitest';
import {
  joinOf,
  operandsOf,
  patternOf,
  patternProblem,
  patternWithout,
  sourcesFor,
  withOperands,
} from './condition';

const criteria = [1, 2, 3].map(() => ({
  source: 'lead' as const,
  field: 'score',
  operator: 'greater' as const,
}));

describe('condition', () => {
  it('AUT-034 offers the triggered activity and task only where the trigger brings them', () => {
    const none = { tasks: false, webhooks: false };
    expect(sourcesFor('lead.created', none)).toEqual(['lead', 'contact', 'account', 'leadActivity']);
    expect(sourcesFor('activity.posted', none)).toContain('triggeredActivity');
    expect(sourcesFor('task.completed', none)).toContain('triggeredTask');
    expect(sourcesFor('opportunity.task-completed', none)).toEqual([
      'lead',
      'contact',
      'account',
      'opportunity',
      'leadActivity',
      'triggeredTask',
    ]);
    expect(sourcesFor('opportunity.activity-posted', none)).toContain('triggeredActivity');
    expect(sourcesFor('opportunity.created', none)).not.toContain('triggeredTask');
    expect(sourcesFor('called', none)).toContain('opportunity');
    expect(sourcesFor('lead.created', { tasks: true, webhooks: false })).toContain('createdTask');
  });

  it('keeps periods apart from values', () => {
    const within = { source: 'lead' as const, field: 'createdAt', operator: 'withinLast' as const };
    const changed = withOperands(within, [{ kind: 'relative', anchor: 'now', amount: -7, unit: 'days' }]);
    expect(changed).toEqual({ ...within, within: { amount: 7, unit: 'days' } });
    expect(operandsOf(changed)).toEqual([{ kind: 'relative', anchor: 'now', amount: -7, unit: 'days' }]);
    const value = withOperands({ ...changed, operator: 'equals' }, [{ kind: 'literal', text: 'x' }]);
    expect(value).toEqual({ source: 'lead', field: 'createdAt', operator: 'equals', values: ['x'] });
  });

  it('knows all, any and anything else', () => {
    expect(joinOf({ criteria })).toBe('all');
    expect(joinOf({ criteria, pattern: '(1 and 2 and 3)' })).toBe('all');
    expect(joinOf({ criteria, pattern: '(1 OR 2 OR 3)' })).toBe('any');
    expect(joinOf({ criteria, pattern: '(1 AND (2 OR 3))' })).toBe('pattern');
    expect(patternOf('any', 3)).toBe('(1 OR 2 OR 3)');
    expect(patternWithout({ criteria, pattern: '(1 OR 2 OR 3)' })).toBe('(1 OR 2)');
  });

  it('reads patterns and points at what it cannot read', () => {
    expect(patternProblem('(1 AND (2 OR 3))', 3)).toBeUndefined();
    expect(patternProblem('1 and 4', 3)).toEqual({ at: 7, found: '4' });
    expect(patternProblem('(1 OR 2', 3)).toEqual({ at: 8, found: '' });
    expect(patternProblem('1 2', 3)).toEqual({ at: 3, found: '2' });
  });
});
