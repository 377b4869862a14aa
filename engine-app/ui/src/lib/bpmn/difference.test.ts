import { describe, expect, it } from 'vitest';
import { BpmnDocument } from './document';
import { type Change, difference } from './difference';
import { emptyFlow, FlowDraft, type NewCard } from './flowDraft';

const TAG: NewCard = {
  type: 'tag.add',
  element: 'bpmn:serviceTask',
  name: 'Add tag',
  settings: { tags: ['a'] },
  branches: [],
};
const MANY: NewCard = {
  type: 'condition.multi-if-else',
  element: 'bpmn:exclusiveGateway',
  name: 'Cities',
  settings: {},
  branches: ['One', 'Two', 'Else'],
};

function draft(text = emptyFlow({ name: 'New', start: 'Lead created', end: 'End' })): FlowDraft {
  return new FlowDraft(text, { end: 'End' });
}

/** An automation with a tag, and the same again to be changed. */
function twice(...cards: NewCard[]): { before: BpmnDocument; after: FlowDraft; ids: string[] } {
  const first = draft();
  const ids: string[] = [];
  for (const card of cards) {
    const last = ids.at(-1) ?? first.nodes()[0]?.id ?? '';
    ids.push(first.insert(first.nodes().find(({ id }) => id === last)?.outgoing[0] ?? '', card));
  }
  return { before: new BpmnDocument(first.text()), after: draft(first.text()), ids };
}

const told = (changes: Change[]) => changes.map(({ kind, part, name }) => `${kind} ${part} ${name}`);

describe('the difference between two forms of an automation', () => {
  it('is nothing for the same, wherever it is drawn', () => {
    const { before, after } = twice(TAG);
    expect(difference(before, after)).toEqual([]);
  });

  it('names a changed setting with what it was', () => {
    const { before, after, ids } = twice(TAG);
    after.setSettings(ids[0] ?? '', 'card', { tags: ['b'] });
    expect(difference(before, after)).toMatchObject([
      { kind: 'changed', part: 'step', settings: [{ key: 'tags', before: ['a'], after: ['b'] }] },
    ]);
  });

  it('names a new step once, not also the connections around it', () => {
    const { before, after, ids } = twice(TAG);
    const out = after.nodes().find(({ id }) => id === ids[0])?.outgoing[0] ?? '';
    after.insert(out, { ...TAG, name: 'Second' });
    expect(told(difference(before, after))).toEqual(['added step Second']);
    expect(told(difference(after, before))).toEqual(['removed step Second']);
  });

  it('names branches that were added, moved or given another condition', () => {
    const { before, after, ids } = twice(MANY);
    const [one, two] = after.nodes().find(({ id }) => id === ids[0])?.outgoing ?? [];
    after.moveBranch(two ?? '', -1);
    after.setSettings(one ?? '', 'condition', { criteria: [] });
    const changes = difference(before, after);
    expect(told(changes)).toEqual(['changed branch Two', 'changed branch One']);
    expect(changes[0]?.settings).toEqual([{ key: '$order', before: 2, after: 1 }]);
  });

  it('names a changed name and settings of the whole', () => {
    const { before, after } = twice(TAG);
    after.name = 'Newer';
    after.setSettings(after.processId, 'automation', { timeZone: 'Asia/Kolkata' });
    expect(difference(before, after)).toMatchObject([
      { part: 'automation', settings: [{ key: '$name' }, { key: 'timeZone' }] },
    ]);
  });
});
