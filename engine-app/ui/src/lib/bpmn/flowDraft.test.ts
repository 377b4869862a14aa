import { describe, expect, it } from 'vitest';
import { BpmnDocument } from './document';
import { emptyFlow, FlowDraft, type NewCard } from './flowDraft';
import { type Column, flowTree } from './flowTree';

const TAG: NewCard = {
  type: 'tag.add',
  element: 'bpmn:serviceTask',
  name: 'Add tag',
  settings: { tags: ['a & b'] },
  branches: [],
};
const IF: NewCard = {
  type: 'condition.if-else',
  element: 'bpmn:exclusiveGateway',
  name: 'If/Else',
  settings: {},
  branches: ['Yes', 'No'],
};
const MANY: NewCard = { ...IF, name: 'Cities', branches: ['One', 'Two', 'Else'] };
const WAIT: NewCard = {
  type: 'flow.wait',
  element: 'bpmn:intermediateCatchEvent',
  name: 'Wait',
  settings: {},
  branches: [],
};
const EVENT: NewCard = {
  type: 'flow.wait-for-event',
  element: 'bpmn:eventBasedGateway',
  name: 'Wait for event',
  settings: { type: 'activity.posted' },
  branches: ['Answered', 'Time is up'],
};

function empty(): FlowDraft {
  return new FlowDraft(emptyFlow({ name: 'New', start: 'Lead created', end: 'End' }), { end: 'End' });
}

/** A flow as nested names: what follows, each branch in brackets. */
function told(draft: FlowDraft): string {
  const names = new Map(draft.nodes().map((node) => [node.id, node.name]));
  const tell = ({ steps, goesOnAt }: Column): string =>
    [
      ...steps.map(
        ({ node, branches }) =>
          node.name +
          branches.map((branch) => `[${branch.flow.name}: ${tell(branch)}]`.replace(': ]', ':]')).join(''),
      ),
      ...(goesOnAt ? [`^${names.get(goesOnAt)}`] : []),
    ].join(' ');
  return tell(flowTree(draft.nodes(), draft.flows()));
}

const out = (draft: FlowDraft, id: string, index = 0) =>
  draft.nodes().find((node) => node.id === id)?.outgoing[index] ?? '';

/** Each connection is named by both its ends, in the places that the schema gives. */
function sound(draft: FlowDraft): void {
  const xml = new DOMParser().parseFromString(draft.text(), 'application/xml');
  expect(xml.getElementsByTagName('parsererror')).toHaveLength(0);
  const process = xml.getElementsByTagNameNS('*', 'process')[0];
  const children = Array.from(process?.children ?? []);
  const ids = children.map((child) => child.getAttribute('id'));
  expect(new Set(ids).size).toBe(ids.length);
  const named = (child: Element, kind: string) =>
    Array.from(child.children)
      .filter(({ localName }) => localName === kind)
      .map(({ textContent }) => textContent);
  for (const flow of draft.flows()) {
    const [source, target] = [flow.source, flow.target].map((id) =>
      children.find((child) => child.getAttribute('id') === id),
    );
    expect(source && named(source, 'outgoing')).toContain(flow.id);
    expect(target && named(target, 'incoming')).toContain(flow.id);
  }
  const order = [
    'extensionElements',
    'incoming',
    'outgoing',
    'timerEventDefinition',
    'signalEventDefinition',
  ];
  for (const child of children) {
    const places = Array.from(child.children).map(({ localName }) => order.indexOf(localName));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  }
}

describe('flow draft', () => {
  it('begins with a trigger and an end (AUT-003)', () => {
    expect(told(empty())).toBe('Lead created End');
    expect(empty().nodes()[0]).toMatchObject({ kind: 'start', type: 'lead.created' });
  });

  it('puts cards on connections', () => {
    const draft = empty();
    const tag = draft.insert('way_1', TAG);
    draft.insert(out(draft, tag), WAIT);
    draft.insert('way_1', { ...TAG, name: 'Before' });
    expect(told(draft)).toBe('Lead created Before Add tag Wait End');
    expect(draft.settings(tag, 'card')).toEqual({ tags: ['a & b'] });
    expect(draft.nodes()[2]).toMatchObject({ kind: 'card', type: 'tag.add' });
    expect(draft.text()).toContain('P1D');
    expect(draft.restructured).toBe(true);
    sound(draft);
  });

  it('splits with an If/Else: what followed follows the first branch', () => {
    const draft = empty();
    draft.insert('way_1', TAG);
    const choice = draft.insert('way_1', IF);
    expect(told(draft)).toBe('Lead created If/Else[Yes: Add tag End][No: End]');
    const [yes = '', no = ''] = draft.nodes().find(({ id }) => id === choice)?.outgoing ?? [];
    expect(draft.settings(yes, 'condition')).toEqual({});
    expect(draft.nodes().find(({ id }) => id === choice)?.defaultFlow).toBe(no);
    sound(draft);
  });

  it('adds, moves and removes branches, Else stays last', () => {
    const draft = empty();
    const choice = draft.insert('way_1', MANY);
    const third = draft.addBranch(choice, 'Three');
    expect(told(draft)).toContain('Cities[One: End][Two: End][Three: End][Else: End]');
    draft.moveBranch(third, -2);
    expect(told(draft)).toContain('Cities[Three: End][One: End][Two: End][Else: End]');
    draft.moveBranch(third, 99);
    expect(told(draft)).toContain('Cities[One: End][Two: End][Three: End][Else: End]');
    draft.moveBranch(out(draft, choice, 3), -3);
    expect(told(draft)).toContain('[Else: End]');
    draft.removeBranch(out(draft, choice, 3));
    draft.removeBranch(out(draft, choice, 1));
    expect(told(draft)).toContain('Cities[One: End][Three: End][Else: End]');
    sound(draft);
  });

  it('is no choice any more with one branch', () => {
    const draft = empty();
    const choice = draft.insert('way_1', IF);
    draft.insert(out(draft, choice, 1), TAG);
    draft.removeBranch(out(draft, choice, 0));
    expect(told(draft)).toBe('Lead created Add tag End');
    sound(draft);
  });

  it('removes a card, and with a split all that only its other branches lead to', () => {
    const draft = empty();
    const tag = draft.insert('way_1', TAG);
    const choice = draft.insert('way_1', IF);
    draft.insert(out(draft, choice, 1), { ...TAG, name: 'Only here' });
    draft.remove(tag);
    expect(told(draft)).toBe('Lead created If/Else[Yes: End][No: Only here End]');
    draft.remove(choice);
    expect(told(draft)).toBe('Lead created End');
    draft.remove('start');
    expect(told(draft)).toBe('Lead created End');
    sound(draft);
  });

  it('waits for an event or a time, and goes with both', () => {
    const draft = empty();
    const wait = draft.insert('way_1', EVENT);
    expect(told(draft)).toBe('Lead created Wait for event[: Answered End][: Time is up End]');
    const [event = ''] = draft.nodes().filter(({ kind }) => kind === 'event');
    expect(event && draft.settings(event.id, 'event')).toEqual({ type: 'activity.posted' });
    sound(draft);
    draft.remove(wait);
    expect(told(draft)).toBe('Lead created End');
    sound(draft);
  });

  it('lets branches meet, go back, and end again', () => {
    const draft = empty();
    const tag = draft.insert('way_1', TAG);
    const choice = draft.insert('way_1', IF);
    const no = out(draft, choice, 1);
    draft.goOnAt(draft.flows().find(({ id }) => id === no)?.target ?? '', tag);
    expect(told(draft)).toBe('Lead created If/Else[Yes:][No:] Add tag End');
    draft.endHere(no);
    expect(told(draft)).toBe('Lead created If/Else[Yes: Add tag End][No: End]');
    draft.goOnAt(draft.flows().find(({ id }) => id === no)?.target ?? '', choice);
    expect(told(draft)).toBe('Lead created If/Else[Yes:][No: ^If/Else] Add tag End');
    sound(draft);
  });

  it('changes the trigger and nothing else, and forgets where things were drawn', () => {
    const draft = empty();
    draft.setTrigger('tag.added', 'Tag added');
    expect(draft.settings('start', 'trigger')).toEqual({ type: 'tag.added' });
    expect(draft.restructured).toBe(false);
    const drawn = new FlowDraft(
      draft
        .text()
        .replace(
          '</bpmn:definitions>',
          '<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNShape/></bpmndi:BPMNDiagram></bpmn:definitions>',
        ),
      { end: 'End' },
    );
    expect(drawn.hasDiagram()).toBe(true);
    drawn.insert('way_1', TAG);
    expect(drawn.hasDiagram()).toBe(false);
  });

  it('leaves steps alone that nothing led to before', () => {
    const text = empty()
      .text()
      .replace('<bpmn:endEvent', '<bpmn:serviceTask id="alone" name="Alone"/><bpmn:endEvent');
    const draft = new FlowDraft(text, { end: 'End' });
    draft.remove(draft.insert('way_1', IF));
    expect(new BpmnDocument(draft.text()).nodes().map(({ id }) => id)).toContain('alone');
  });

  it('finds its way in long flows with splits in splits', () => {
    const draft = empty();
    let way = 'way_1';
    for (let n = 0; n < 60; n++) {
      const splits = n % 3 === 0;
      way = out(draft, draft.insert(way, splits ? IF : TAG), splits ? n % 2 : 0);
    }
    expect(told(draft).match(/Add tag/g)).toHaveLength(40);
    sound(draft);
  });
});
