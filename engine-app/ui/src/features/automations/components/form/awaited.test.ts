import { describe, expect, it } from 'vitest';
import { canHear } from './awaited';

describe('what a run can wait for', () => {
  it.each([
    ['lead.created', 'opportunity.updated'],
    ['activity.posted', 'opportunity.task-completed'],
    ['opportunity.task-created', 'lead.updated'],
    ['contact.updated', 'account.updated'],
    ['called', 'lead.created'],
    ['called', 'list.entered'],
  ])('is not, after %s, %s', (trigger, event) => expect(canHear(trigger, event)).toBe(false));

  it.each([
    ['lead.created', 'lead.updated'],
    ['lead.created', 'task.completed'],
    ['opportunity.created', 'activity.posted'],
    ['opportunity.created', 'opportunity.activity-posted'],
    ['contact.created', 'contact.updated'],
    ['called', 'opportunity.updated'],
    ['list.added', 'lead.updated'],
    ['lead.created', 'tag.added'],
  ])('is, after %s, %s', (trigger, event) => expect(canHear(trigger, event)).toBe(true));
});
