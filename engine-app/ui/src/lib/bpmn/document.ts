/** The namespace of what Leadloom adds to a BPMN document. */
export const LEADLOOM = 'https://leadloom.io/schema/bpmn/1';
export const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL';

export type NodeKind =
  'start' | 'end' | 'gateway' | 'parallel' | 'eventGateway' | 'card' | 'wait' | 'event' | 'other';

/** A step of the automation as its document has it. */
export interface FlowNode {
  id: string;
  name: string;
  kind: NodeKind;
  /** The card type of a service task, the trigger type of the start. */
  type: string | undefined;
  defaultFlow: string | undefined;
  incoming: string[];
  outgoing: string[];
}

export interface SequenceFlow {
  id: string;
  name: string;
  source: string;
  target: string;
}

type ExtensionName = 'automation' | 'trigger' | 'condition' | 'card' | 'wait' | 'event';

const KINDS: Record<string, NodeKind> = {
  startEvent: 'start',
  endEvent: 'end',
  exclusiveGateway: 'gateway',
  inclusiveGateway: 'gateway',
  parallelGateway: 'parallel',
  eventBasedGateway: 'eventGateway',
  serviceTask: 'card',
  sendTask: 'card',
  task: 'card',
  callActivity: 'card',
  intermediateCatchEvent: 'wait',
  intermediateThrowEvent: 'other',
  boundaryEvent: 'wait',
};

/** A span in each unit as ISO 8601 writes it. */
const ISO: Record<string, string> = {
  minutes: 'PTnM',
  hours: 'PTnH',
  days: 'PnD',
  weeks: 'PnW',
  months: 'PnM',
};

export class BpmnError extends Error {}

/** Reads and changes the settings that a BPMN document carries, and leaves all the rest as it is. */
export class BpmnDocument {
  protected readonly xml: Document;
  protected readonly root: Element;

  constructor(text: string) {
    if (/<!DOCTYPE/i.test(text)) throw new BpmnError('DOCTYPE');
    this.xml = new DOMParser().parseFromString(text, 'application/xml');
    const broken = this.xml.getElementsByTagName('parsererror')[0];
    if (broken) throw new BpmnError(broken.textContent?.split('\n')[0] ?? 'XML');
    const process = this.xml.getElementsByTagNameNS(BPMN, 'process')[0];
    if (!process) throw new BpmnError('bpmn:process');
    this.root = process;
  }

  /** Whether it carries positions; without them a viewer has to lay it out itself. */
  hasDiagram(): boolean {
    return (
      this.xml.getElementsByTagNameNS('http://www.omg.org/spec/BPMN/20100524/DI', 'BPMNShape').length > 0
    );
  }

  text(): string {
    const body = new XMLSerializer().serializeToString(this.xml);
    return body.startsWith('<?xml') ? body : `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
  }

  get processId(): string {
    return this.root.getAttribute('id') ?? '';
  }

  get name(): string {
    return this.root.getAttribute('name') ?? this.processId;
  }

  set name(value: string) {
    this.root.setAttribute('name', value);
  }

  /** The steps in the order a reader meets them: from the start along the flows. */
  nodes(): FlowNode[] {
    const flows = this.flows();
    const found = new Map<string, FlowNode>();
    for (const element of Array.from(this.root.children)) {
      const kind = KINDS[element.localName];
      const id = element.getAttribute('id');
      if (!kind || !id) continue;
      found.set(id, {
        id,
        name: element.getAttribute('name') ?? '',
        kind: kind === 'wait' && this.extension(element, 'event') ? 'event' : kind,
        type: this.typeOf(element),
        defaultFlow: element.getAttribute('default') ?? undefined,
        incoming: flows.filter((flow) => flow.target === id).map((flow) => flow.id),
        outgoing: this.outgoing(element, flows),
      });
    }
    return this.inReadingOrder(found, flows);
  }

  flows(): SequenceFlow[] {
    return Array.from(this.root.getElementsByTagNameNS(BPMN, 'sequenceFlow')).map((flow) => ({
      id: flow.getAttribute('id') ?? '',
      name: flow.getAttribute('name') ?? '',
      source: flow.getAttribute('sourceRef') ?? '',
      target: flow.getAttribute('targetRef') ?? '',
    }));
  }

  /** The settings under an element of Leadloom's; undefined when it has none or they are not JSON. */
  settings(id: string, name: ExtensionName): Record<string, unknown> | undefined {
    const extension = this.extension(this.element(id), name);
    const text = extension?.textContent?.trim();
    if (extension && !text) return {};
    if (!text) return undefined;
    try {
      const value: unknown = JSON.parse(text);
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
    } catch {
      return undefined;
    }
  }

  setSettings(id: string, name: ExtensionName, settings: Record<string, unknown> | undefined): void {
    const element = this.element(id);
    let extension = this.extension(element, name);
    if (settings === undefined) {
      extension?.remove();
      return;
    }
    if (!extension) {
      extension = this.xml.createElementNS(LEADLOOM, `leadloom:${name}`);
      this.extensionElements(element).appendChild(extension);
    }
    extension.textContent = JSON.stringify(settings);
  }

  /** Sets what a timer waits for; a span is also written as BPMN has it, so that other tools read the same. */
  setWait(id: string, settings: Record<string, unknown>): void {
    this.setSettings(id, 'wait', settings);
    const { kind, amount, unit } = settings;
    const form = ISO[String(unit)];
    const timer = this.element(id).getElementsByTagNameNS(BPMN, 'timeDuration')[0];
    if (timer && form && kind === 'duration' && typeof amount === 'number') {
      timer.textContent = form.replace('n', String(amount));
    }
  }

  rename(id: string, name: string): void {
    this.element(id).setAttribute('name', name);
  }

  protected element(id: string): Element {
    if (id === this.processId) return this.root;
    const found = Array.from(this.root.children).find((child) => child.getAttribute('id') === id);
    if (!found) throw new BpmnError(id);
    return found;
  }

  /** A new element of BPMN, written as the document writes the others. */
  protected bpmn(name: string): Element {
    const prefix = this.root.prefix;
    return this.xml.createElementNS(BPMN, prefix ? `${prefix}:${name}` : name);
  }

  protected extensionElements(element: Element): Element {
    const found = Array.from(element.children).find((child) => child.localName === 'extensionElements');
    if (found) return found;
    const made = this.bpmn('extensionElements');
    // The schema wants documentation first, then the extensions, then the rest.
    const after = Array.from(element.children).find((child) => child.localName !== 'documentation');
    element.insertBefore(made, after ?? null);
    return made;
  }

  private extension(element: Element, name: ExtensionName): Element | undefined {
    const extensions = Array.from(element.children).find((child) => child.localName === 'extensionElements');
    return Array.from(extensions?.children ?? []).find(
      (child) => child.localName === name && child.namespaceURI === LEADLOOM,
    );
  }

  private typeOf(element: Element): string | undefined {
    const card = this.extension(element, 'card')?.getAttribute('type');
    if (card) return card;
    const trigger = this.extension(element, 'trigger') ?? this.extension(element, 'event');
    if (!trigger?.textContent) return undefined;
    try {
      const { type } = JSON.parse(trigger.textContent) as { type?: unknown };
      return typeof type === 'string' ? type : undefined;
    } catch {
      return undefined;
    }
  }

  private outgoing(element: Element, flows: SequenceFlow[]): string[] {
    const id = element.getAttribute('id');
    const ordered = Array.from(element.children)
      .filter((child) => child.localName === 'outgoing')
      .map((child) => child.textContent?.trim() ?? '');
    const leaving = flows.filter((flow) => flow.source === id).map((flow) => flow.id);
    const known = ordered.filter((flow) => leaving.includes(flow));
    return [...known, ...leaving.filter((flow) => !known.includes(flow))];
  }

  private inReadingOrder(found: Map<string, FlowNode>, flows: SequenceFlow[]): FlowNode[] {
    const targets = new Map(flows.map((flow) => [flow.id, flow.target]));
    const seen = new Set<string>();
    const order: FlowNode[] = [];
    const visit = (id: string) => {
      const node = found.get(id);
      if (!node || seen.has(id)) return;
      seen.add(id);
      order.push(node);
      for (const flow of node.outgoing) visit(targets.get(flow) ?? '');
    };
    for (const node of found.values()) if (node.kind === 'start') visit(node.id);
    for (const id of found.keys()) visit(id);
    return order;
  }
}

/** The document of a text; undefined when it is not a BPMN document with a process. */
export function readDocument(text: string): BpmnDocument | undefined {
  try {
    return new BpmnDocument(text);
  } catch {
    return undefined;
  }
}
