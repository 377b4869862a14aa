import { BPMN, BpmnDocument, type FlowNode, LEADLOOM, type SequenceFlow } from './document';

const DI = 'http://www.omg.org/spec/BPMN/20100524/DI';
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** A card that is to be put into a flow. */
export interface NewCard {
  type: string;
  /** The element of BPMN that it is, such as `bpmn:serviceTask`. */
  element: string;
  name: string;
  settings: Record<string, unknown>;
  /** The names of its ways out, for a card that splits the flow; the last one is taken when no other is. */
  branches: string[];
}

/** What stands where a branch leads to nothing else. */
interface Words {
  end: string;
}

/** Changes the steps of an automation and what connects them. Positions are left to the layout afterwards. */
export class FlowDraft extends BpmnDocument {
  private readonly words: Words;
  private moved = false;

  constructor(text: string, words: Words) {
    super(text);
    this.words = words;
  }

  /** Whether steps or connections have changed, not only what is set of them. */
  get restructured(): boolean {
    return this.moved;
  }

  /** Puts a card on a connection; what came after it comes after the card, or after its first branch. */
  insert(flow: string, card: NewCard): string {
    const { target } = this.flow(flow);
    const id = this.free('step');
    const made = this.step(id, card);
    this.retarget(flow, id);
    switch (card.element) {
      case 'bpmn:exclusiveGateway':
      case 'bpmn:parallelGateway':
        card.branches.forEach((name, index) => {
          const way = this.connect(id, index === 0 ? target : this.end(), name);
          const last = index === card.branches.length - 1;
          if (last && card.element === 'bpmn:exclusiveGateway') made.setAttribute('default', way);
          else if (card.element === 'bpmn:exclusiveGateway') this.setSettings(way, 'condition', {});
        });
        break;
      case 'bpmn:eventBasedGateway': {
        const [event = '', timeOut = ''] = card.branches;
        const heard = this.catching(event, 'signalEventDefinition');
        this.setSettings(heard, 'event', card.settings);
        const late = this.catching(timeOut, 'timerEventDefinition');
        this.setWait(late, { kind: 'duration', amount: 1, unit: 'days' });
        this.connect(id, heard, '');
        this.connect(id, late, '');
        this.connect(heard, target, '');
        this.connect(late, this.end(), '');
        break;
      }
      default:
        this.connect(id, target, '');
    }
    this.changed();
    return id;
  }

  /** Takes a step out. Of a split, the first branch stays, and with the others goes all that only they lead to. */
  remove(id: string): void {
    const node = this.node(id);
    if (!this.canRemove(id)) return;
    const [kept = ''] = node.outgoing;
    let next = this.flow(kept).target;
    if (node.kind === 'eventGateway') {
      const [after = ''] = this.node(next).outgoing;
      next = after ? this.flow(after).target : next;
    }
    // A step that leads to itself leaves nothing to go on at.
    if (next === id) next = this.end();
    this.sweeping(() => {
      for (const flow of node.incoming) this.retarget(flow, next);
    });
    this.changed();
  }

  canRemove(id: string): boolean {
    const { kind, outgoing } = this.node(id);
    return kind !== 'start' && kind !== 'end' && outgoing.length > 0;
  }

  /** Adds a way out of a split, before the one that is taken when no other is. */
  addBranch(id: string, name: string): string {
    const { defaultFlow, kind } = this.node(id);
    const way = this.connect(id, this.end(), name);
    if (kind === 'gateway') this.setSettings(way, 'condition', {});
    if (defaultFlow)
      this.order(id, [...this.node(id).outgoing.filter((flow) => flow !== defaultFlow), defaultFlow]);
    this.changed();
    return way;
  }

  /** Takes a branch away with all that only it leads to; one that is left alone is no choice and goes as well. */
  removeBranch(flow: string): void {
    if (!this.canRemoveBranch(flow)) return;
    const { source } = this.flow(flow);
    this.sweeping(() => this.disconnect(flow));
    if (this.node(source).outgoing.length === 1) this.remove(source);
    this.changed();
  }

  canRemoveBranch(flow: string): boolean {
    const { kind, defaultFlow, outgoing } = this.node(this.flow(flow).source);
    const splits = kind === 'gateway' || kind === 'parallel';
    return splits && flow !== defaultFlow && outgoing.length > 1;
  }

  /** Moves a branch so many places to the left (less than 0) or right; the one taken when no other is stays last. */
  moveBranch(flow: string, by: number): void {
    const { source } = this.flow(flow);
    const { outgoing, defaultFlow } = this.node(source);
    const movable = outgoing.filter((other) => other !== defaultFlow);
    const from = movable.indexOf(flow);
    const to = Math.max(0, Math.min(movable.length - 1, from + by));
    if (from < 0 || from === to) return;
    movable.splice(from, 1);
    movable.splice(to, 0, flow);
    this.order(source, defaultFlow ? [...movable, defaultFlow] : movable);
    this.changed();
  }

  /** Lets a branch go on at another step instead of ending. */
  goOnAt(end: string, target: string): void {
    const node = this.node(end);
    if (node.kind !== 'end' || target === end) return;
    this.sweeping(() => {
      for (const flow of node.incoming) this.retarget(flow, target);
    });
    this.changed();
  }

  /** Lets a connection lead to an end of its own; what only it led to goes. */
  endHere(flow: string): void {
    this.sweeping(() => this.retarget(flow, this.end()));
    this.changed();
  }

  setTrigger(type: string, name: string): void {
    const start = this.nodes().find(({ kind }) => kind === 'start');
    if (!start || start.type === type) return;
    this.setSettings(start.id, 'trigger', { type });
    this.rename(start.id, name);
  }

  private node(id: string): FlowNode {
    const found = this.nodes().find((node) => node.id === id);
    if (!found) throw new Error(id);
    return found;
  }

  private flow(id: string): SequenceFlow {
    const found = this.flows().find((flow) => flow.id === id);
    if (!found) throw new Error(id);
    return found;
  }

  private free(prefix: string): string {
    const used = new Set(
      Array.from(this.xml.querySelectorAll('[id]')).map((element) => element.getAttribute('id')),
    );
    for (let n = 1; ; n++) if (!used.has(`${prefix}_${n}`)) return `${prefix}_${n}`;
  }

  private step(id: string, card: NewCard): Element {
    const name = card.element.replace('bpmn:', '');
    const made = this.add(name, id, card.name);
    if (name === 'serviceTask') {
      const extension = this.xml.createElementNS(LEADLOOM, 'leadloom:card');
      extension.setAttribute('type', card.type);
      extension.textContent = JSON.stringify(card.settings);
      this.extensionElements(made).append(extension);
    }
    if (name === 'intermediateCatchEvent') {
      this.define(made, 'timerEventDefinition');
      this.setWait(id, { kind: 'duration', amount: 1, unit: 'days', ...card.settings });
    }
    return made;
  }

  /** A new step before the connections, which is where BPMN files have them. */
  private add(element: string, id: string, name: string): Element {
    const made = this.bpmn(element);
    made.setAttribute('id', id);
    if (name) made.setAttribute('name', name);
    const flow = Array.from(this.root.children).find((child) => child.localName === 'sequenceFlow');
    this.root.insertBefore(made, flow ?? null);
    return made;
  }

  private end(): string {
    const id = this.free('end');
    this.add('endEvent', id, this.words.end);
    return id;
  }

  private catching(name: string, definition: string): string {
    const id = this.free('step');
    this.define(this.add('intermediateCatchEvent', id, name), definition);
    return id;
  }

  private define(event: Element, definition: string): void {
    const made = this.bpmn(definition);
    made.setAttribute('id', this.free('definition'));
    if (definition === 'timerEventDefinition') {
      const duration = this.bpmn('timeDuration');
      duration.setAttributeNS(
        XSI,
        'xsi:type',
        `${this.root.prefix ? `${this.root.prefix}:` : ''}tFormalExpression`,
      );
      duration.textContent = 'P1D';
      made.append(duration);
    }
    event.append(made);
  }

  private connect(source: string, target: string, name: string): string {
    const id = this.free('way');
    const made = this.bpmn('sequenceFlow');
    made.setAttribute('id', id);
    if (name) made.setAttribute('name', name);
    made.setAttribute('sourceRef', source);
    made.setAttribute('targetRef', target);
    this.root.append(made);
    this.reference(source, 'outgoing', id);
    this.reference(target, 'incoming', id);
    return id;
  }

  private retarget(flow: string, target: string): void {
    this.unreference(this.flow(flow).target, 'incoming', flow);
    this.element(flow).setAttribute('targetRef', target);
    this.reference(target, 'incoming', flow);
  }

  private disconnect(flow: string): void {
    const { source, target } = this.flow(flow);
    this.unreference(source, 'outgoing', flow);
    this.unreference(target, 'incoming', flow);
    this.element(flow).remove();
  }

  private order(id: string, flows: string[]): void {
    for (const flow of flows) {
      this.unreference(id, 'outgoing', flow);
      this.reference(id, 'outgoing', flow);
    }
  }

  /** Names a connection in a step: after those of its kind, before what defines the step, as the schema wants it. */
  private reference(id: string, kind: 'incoming' | 'outgoing', flow: string): void {
    const element = this.element(id);
    const made = this.bpmn(kind);
    made.textContent = flow;
    const before =
      kind === 'incoming'
        ? ['documentation', 'extensionElements', 'incoming']
        : ['documentation', 'extensionElements', 'incoming', 'outgoing'];
    const next = Array.from(element.children).find((child) => !before.includes(child.localName));
    element.insertBefore(made, next ?? null);
  }

  private unreference(id: string, kind: 'incoming' | 'outgoing', flow: string): void {
    for (const child of Array.from(this.element(id).children)) {
      if (child.localName === kind && child.textContent?.trim() === flow) child.remove();
    }
  }

  /** Does something and then removes what was led to before and no longer is. */
  private sweeping(change: () => void): void {
    const before = this.reached();
    change();
    const after = this.reached();
    for (const lost of [...before].filter((id) => !after.has(id))) this.drop(lost);
  }

  /** What runs can come to: along connections, from a step to what hangs on it, and wherever links arrive. */
  private reached(): Set<string> {
    const nodes = new Map(this.nodes().map((node) => [node.id, node]));
    const targets = new Map(this.flows().map((flow) => [flow.id, flow.target]));
    const hanging = Array.from(this.root.children).filter((child) => child.hasAttribute('attachedToRef'));
    const links = Array.from(this.root.getElementsByTagNameNS(BPMN, 'linkEventDefinition'));
    const open = [...nodes.values()].filter(({ kind }) => kind === 'start').map(({ id }) => id);
    for (const { parentElement } of links) open.push(parentElement?.getAttribute('id') ?? '');
    const reached = new Set<string>();
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const node = nodes.get(id);
      if (!node || reached.has(id)) continue;
      reached.add(id);
      for (const flow of node.outgoing) open.push(targets.get(flow) ?? '');
      for (const child of hanging) {
        if (child.getAttribute('attachedToRef') === id) open.push(child.getAttribute('id') ?? '');
      }
    }
    return reached;
  }

  /** Removes a step with its connections and with what names it. */
  private drop(id: string): void {
    for (const flow of this.flows()) if (flow.source === id || flow.target === id) this.disconnect(flow.id);
    this.element(id).remove();
    for (const named of Array.from(this.root.getElementsByTagNameNS(BPMN, 'flowNodeRef'))) {
      if (named.textContent?.trim() === id) named.remove();
    }
    for (const association of Array.from(this.root.getElementsByTagNameNS(BPMN, 'association'))) {
      if ([association.getAttribute('sourceRef'), association.getAttribute('targetRef')].includes(id))
        association.remove();
    }
  }

  private changed(): void {
    this.moved = true;
    for (const diagram of Array.from(this.xml.getElementsByTagNameNS(DI, 'BPMNDiagram'))) diagram.remove();
  }
}

/** The document of an automation that starts with each new lead and does nothing yet. */
export function emptyFlow(words: { name: string; start: string; end: string }): string {
  const xml = document.implementation.createDocument(BPMN, 'bpmn:definitions');
  const definitions = xml.documentElement;
  definitions.setAttribute('id', 'definitions');
  definitions.setAttribute('targetNamespace', 'https://leadloom.io/processes');
  const add = (parent: Element, element: string, attributes: Record<string, string>, text?: string) => {
    const made = xml.createElementNS(element.startsWith('leadloom:') ? LEADLOOM : BPMN, element);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text) made.textContent = text;
    parent.append(made);
    return made;
  };
  const process = add(definitions, 'bpmn:process', {
    id: 'automation',
    name: words.name,
    isExecutable: 'true',
  });
  const start = add(process, 'bpmn:startEvent', { id: 'start', name: words.start });
  const extensions = add(start, 'bpmn:extensionElements', {});
  add(extensions, 'leadloom:trigger', {}, JSON.stringify({ type: 'lead.created' }));
  add(start, 'bpmn:outgoing', {}, 'way_1');
  const end = add(process, 'bpmn:endEvent', { id: 'end', name: words.end });
  add(end, 'bpmn:incoming', {}, 'way_1');
  add(process, 'bpmn:sequenceFlow', { id: 'way_1', sourceRef: 'start', targetRef: 'end' });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(xml)}`;
}
