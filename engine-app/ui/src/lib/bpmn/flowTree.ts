import type { FlowNode, SequenceFlow } from './document';

/** A step in a column, and the columns that its ways out make until they meet again. */
export interface Step {
  node: FlowNode;
  branches: Branch[];
}

/** What a connection leads to, step after step. */
export interface Column {
  steps: Step[];
  /** The connections that lead to each step, and one more that leads on when the column meets others below. */
  flows: string[];
  /** A step that stands elsewhere and is gone on with. */
  goesOnAt: string | undefined;
}

export interface Branch extends Column {
  flow: SequenceFlow;
}

/** The steps of an automation from top to bottom; a step stands once, other ways to it name it. */
export function flowTree(nodes: FlowNode[], flows: SequenceFlow[]): Column {
  return new Tree(nodes, flows).column('', nodes.find(({ kind }) => kind === 'start')?.id, undefined);
}

class Tree {
  private readonly nodes: Map<string, FlowNode>;
  private readonly flows: Map<string, SequenceFlow>;
  private readonly meets: Map<string, string | undefined>;
  private readonly placed = new Set<string>();

  constructor(nodes: FlowNode[], flows: SequenceFlow[]) {
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.flows = new Map(flows.map((flow) => [flow.id, flow]));
    this.meets = meetingPoints(nodes, this.flows);
  }

  column(flow: string, first: string | undefined, until: string | undefined): Column {
    const column: Column = { steps: [], flows: [], goesOnAt: undefined };
    let way = flow;
    let at = first;
    while (at !== undefined) {
      const node = this.nodes.get(at);
      if (at === until || !node) {
        column.flows.push(way);
        return column;
      }
      column.flows.push(way);
      if (this.placed.has(at)) {
        column.goesOnAt = at;
        return column;
      }
      this.placed.add(at);
      const step: Step = { node, branches: [] };
      column.steps.push(step);
      const [only, ...others] = node.outgoing;
      if (only === undefined) return column;
      if (others.length === 0) {
        way = only;
        at = this.flows.get(only)?.target;
        continue;
      }
      const meet = this.meets.get(at);
      // Where branches meet that is the business of those above, too.
      step.branches = node.outgoing.flatMap((id) => {
        const out = this.flows.get(id);
        return out ? [{ flow: out, ...this.column(id, out.target, meet ?? until) }] : [];
      });
      if (meet === undefined || meet === until) return column;
      way = '';
      at = meet;
    }
    return column;
  }
}

/** For each step the first one that all its ways come to, where there is one. */
function meetingPoints(nodes: FlowNode[], flows: Map<string, SequenceFlow>): Map<string, string | undefined> {
  const END = '';
  const next = new Map<string, string[]>();
  for (const node of nodes) {
    const targets = node.outgoing.map((id) => flows.get(id)?.target ?? END);
    next.set(node.id, targets.length === 0 ? [END] : targets);
  }
  // Post-dominators by going through the steps from the last to the first until nothing changes.
  const order = postOrder(nodes, next);
  const place = new Map(order.map((id, index) => [id, index]));
  const after = new Map<string, string>([[END, END]]);
  const common = (one: string, other: string): string => {
    let a = one;
    let b = other;
    while (a !== b) {
      while ((place.get(a) ?? 0) > (place.get(b) ?? 0)) a = after.get(a) ?? END;
      while ((place.get(b) ?? 0) > (place.get(a) ?? 0)) b = after.get(b) ?? END;
    }
    return a;
  };
  for (let moved = true; moved;) {
    moved = false;
    for (const id of order) {
      if (id === END) continue;
      const known = (next.get(id) ?? []).filter((target) => after.has(target));
      if (known.length === 0) continue;
      const found = known.reduce(common);
      if (after.get(id) !== found) {
        after.set(id, found);
        moved = true;
      }
    }
  }
  return new Map(nodes.map(({ id }) => [id, after.get(id) || undefined]));
}

/** The end first, then each step after those that it leads to, as far as there are no loops. */
function postOrder(nodes: FlowNode[], next: Map<string, string[]>): string[] {
  const order = [''];
  const seen = new Set(['']);
  const open: { id: string; at: number }[] = [];
  for (const { id } of nodes) {
    if (!seen.has(id)) open.push({ id, at: 0 });
    seen.add(id);
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const target = next.get(top.id)?.[top.at++];
      if (target === undefined) {
        order.push(top.id);
        open.pop();
      } else if (!seen.has(target)) {
        seen.add(target);
        open.push({ id: target, at: 0 });
      }
    }
  }
  return order;
}
