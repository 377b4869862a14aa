import type { BpmnDocument, FlowNode } from './document';

export type Part = 'automation' | 'step' | 'branch';

/** A setting that is not the same; undefined where there is none. */
export interface SettingChange {
  key: string;
  before: unknown;
  after: unknown;
}

/** What is not the same in two forms of an automation, at one step, branch, or as a whole. */
export interface Change {
  kind: 'added' | 'removed' | 'changed';
  part: Part;
  id: string;
  name: string;
  /** The step as it is in the later form, or was in the earlier one. */
  node?: FlowNode;
  settings: SettingChange[];
  /** Where it goes on, by name, when that is not the same. */
  next?: { before: string[]; after: string[] };
}

type Settings = Record<string, unknown>;

const HOLDS = { card: 'card', start: 'trigger', wait: 'wait', event: 'event' } as const;

function settingsOf(document: BpmnDocument, node: FlowNode): Settings {
  const { kind } = node;
  const own =
    kind === 'card' || kind === 'start' || kind === 'wait' || kind === 'event'
      ? document.settings(node.id, HOLDS[kind])
      : undefined;
  return { ...own, ...(kind === 'card' && { $type: node.type }) };
}

function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => same((one as Settings)[key], (other as Settings)[key]))
  );
}

function settingChanges(before: Settings, after: Settings): SettingChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !same(before[key], after[key]))
    .map((key) => ({ key, before: before[key], after: after[key] }));
}

/** One form of an automation, by what can be looked up in it. */
function form(document: BpmnDocument) {
  const nodes = new Map(document.nodes().map((node) => [node.id, node]));
  const flows = new Map(document.flows().map((flow) => [flow.id, flow]));
  const name = (node: FlowNode | undefined) => node?.name || node?.type || node?.kind || '';
  return {
    document,
    nodes,
    flows,
    name,
    /** The branches of gateways; other connections have nothing of their own. */
    branches: new Map(
      [...nodes.values()]
        .filter(({ kind }) => kind === 'gateway')
        .flatMap((node) =>
          node.outgoing.map((id, order): [string, { id: string; order: number; otherwise: boolean }] => [
            id,
            { id, order, otherwise: node.defaultFlow === id },
          ]),
        ),
    ),
    next: (node: FlowNode) => node.outgoing.map((id) => flows.get(id)?.target ?? ''),
    nameOf: (id: string) => name(nodes.get(id)),
  };
}

type Form = ReturnType<typeof form>;

/** The first step from here on that the other form has as well: what came between says so itself. */
function settled(id: string, here: Form, other: Form): string {
  const seen = new Set<string>();
  for (let at = id; ;) {
    const node = here.nodes.get(at);
    if (!node || other.nodes.has(at) || node.kind === 'end' || seen.has(at)) return at;
    seen.add(at);
    at = here.next(node)[0] ?? '';
  }
}

function nextChange(node: FlowNode, before: Form, after: Form): Change['next'] {
  const was = before.nodes.get(node.id);
  if (!was) return undefined;
  const from = before.next(was).map((id) => settled(id, before, after));
  const to = after.next(node).map((id) => settled(id, after, before));
  // Branches that were only put into another order are named as branches.
  if (same([...from].sort(), [...to].sort())) return undefined;
  // A branch that is new or gone says itself where the automation went on.
  if (from.length !== to.length) return undefined;
  const ends = (ids: string[], form: Form) => ids.filter((id) => form.nodes.get(id)?.kind !== 'end');
  if (same(ends(from, before), ends(to, after))) return undefined;
  return { before: from.map(before.nameOf), after: to.map(after.nameOf) };
}

function branchChange(id: string, before: Form, after: Form): Change | undefined {
  const was = before.branches.get(id);
  const is = after.branches.get(id);
  const name = after.flows.get(id)?.name || before.flows.get(id)?.name || '';
  if (!was || !is) return undefined;
  const settings = settingChanges(
    {
      $name: before.flows.get(id)?.name,
      $order: was.order + 1,
      ...before.document.settings(id, 'condition'),
    },
    { $name: after.flows.get(id)?.name, $order: is.order + 1, ...after.document.settings(id, 'condition') },
  );
  return settings.length > 0 ? { kind: 'changed', part: 'branch', id, name, settings } : undefined;
}

/** What is not the same in the later form, in the order of its steps; then what it no longer has. Positions do not count. */
export function difference(earlier: BpmnDocument, later: BpmnDocument): Change[] {
  const before = form(earlier);
  const after = form(later);
  const changes: Change[] = [];
  const whole = settingChanges(
    { $name: earlier.name, ...earlier.settings(earlier.processId, 'automation') },
    { $name: later.name, ...later.settings(later.processId, 'automation') },
  );
  if (whole.length > 0)
    changes.push({
      kind: 'changed',
      part: 'automation',
      id: later.processId,
      name: later.name,
      settings: whole,
    });
  for (const node of after.nodes.values()) {
    const { id } = node;
    const name = after.name(node);
    const was = before.nodes.get(id);
    if (!was) {
      // The end of a branch says nothing that the branch does not say.
      if (node.kind !== 'end') changes.push({ kind: 'added', part: 'step', id, name, node, settings: [] });
    } else {
      const settings = settingChanges(
        { $name: was.name, ...settingsOf(earlier, was) },
        { $name: node.name, ...settingsOf(later, node) },
      );
      const next = nextChange(node, before, after);
      if (settings.length > 0 || next)
        changes.push({ kind: 'changed', part: 'step', id, name, node, settings, ...(next && { next }) });
    }
    if (node.kind === 'gateway')
      for (const flow of node.outgoing) {
        const change = branchChange(flow, before, after);
        if (change) changes.push(change);
        else if (was && !before.branches.has(flow))
          changes.push({
            kind: 'added',
            part: 'branch',
            id: flow,
            name: after.flows.get(flow)?.name ?? '',
            settings: [],
          });
      }
  }
  for (const node of before.nodes.values()) {
    if (!after.nodes.has(node.id)) {
      if (node.kind !== 'end')
        changes.push({
          kind: 'removed',
          part: 'step',
          id: node.id,
          name: before.name(node),
          node,
          settings: [],
        });
    } else if (node.kind === 'gateway') {
      for (const flow of node.outgoing)
        if (!after.branches.has(flow))
          changes.push({
            kind: 'removed',
            part: 'branch',
            id: flow,
            name: before.flows.get(flow)?.name ?? '',
            settings: [],
          });
    }
  }
  return changes;
}
