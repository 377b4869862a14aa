const DI = 'http://www.omg.org/spec/BPMN/20100524/DI';
const DC = 'http://www.omg.org/spec/DD/20100524/DC';
/** A name longer than this is wrapped between its words. */
const WIDEST = 130;
const LINE = 15;
/** The diagram breaks lines at "-", which tears "e-mail" apart; it leaves the typographic hyphen alone. */
const SHORT_PREFIX = /\b(\p{L})-(?=\p{L})/gu;

type Measure = (text: string) => number;

function lines(words: number[], space: number, width: number): number {
  let count = 1;
  let used = 0;
  for (const word of words) {
    if (used > 0 && used + space + word > width) {
      count += 1;
      used = word;
    } else used += (used > 0 ? space : 0) + word;
  }
  return count;
}

/** Where a shape begins; nothing is above a flow. */
function topOf(owner: Element): number {
  const shape = Array.from(owner.children).find((child) => child.localName === 'Bounds');
  return shape ? Number(shape.getAttribute('y')) : -Infinity;
}

/** Gives gateways without a label one above them: under them, where it would stand, a flow leaves. */
export function labelsAboveGateways(bpmn: string): string {
  const xml = new DOMParser().parseFromString(bpmn, 'application/xml');
  for (const shape of Array.from(xml.getElementsByTagNameNS(DI, 'BPMNShape'))) {
    const id = shape.getAttribute('bpmnElement') ?? '';
    const element = Array.from(xml.querySelectorAll('[id]')).find((entry) => entry.getAttribute('id') === id);
    const bounds = shape.getElementsByTagNameNS(DC, 'Bounds')[0];
    const labelled = shape.getElementsByTagNameNS(DI, 'BPMNLabel').length > 0;
    if (!bounds || labelled || !element?.getAttribute('name') || !/Gateway$/.test(element.localName))
      continue;
    const [x = 0, y = 0, width = 0] = ['x', 'y', 'width'].map((key) => Number(bounds.getAttribute(key)));
    const label = xml.createElementNS(DI, 'bpmndi:BPMNLabel');
    const place = xml.createElementNS(DC, 'dc:Bounds');
    for (const [key, value] of Object.entries({
      x: x + width / 2 - 45,
      y: y - LINE - 8,
      width: 90,
      height: LINE,
    })) {
      place.setAttribute(key, String(value));
    }
    label.append(place);
    shape.append(label);
  }
  return new XMLSerializer().serializeToString(xml);
}

/**
 * For drawing only: widens labels that are too narrow for their names: tools measure names in other fonts than ours, and a name that does
 * not fit is broken within a word. A label under or over a shape keeps its middle, one of a flow its left edge.
 *
 * @param measure the width of a text in the font of the diagram, in pixels
 */
export function roomForLabels(bpmn: string, measure: Measure): string {
  const xml = new DOMParser().parseFromString(bpmn, 'application/xml');
  if (xml.getElementsByTagName('parsererror').length > 0) return bpmn;
  const names = new Map<string, string>();
  let changed = false;
  for (const element of Array.from(xml.querySelectorAll('[id][name]'))) {
    const name = element.getAttribute('name') ?? '';
    const kept = name.replace(SHORT_PREFIX, '$1\u2010');
    names.set(element.getAttribute('id') ?? '', kept);
    if (kept !== name) {
      element.setAttribute('name', kept);
      changed = true;
    }
  }
  for (const label of Array.from(xml.getElementsByTagNameNS(DI, 'BPMNLabel'))) {
    const bounds = label.getElementsByTagNameNS(DC, 'Bounds')[0];
    const owner = label.parentElement;
    const name = names.get(owner?.getAttribute('bpmnElement') ?? '') ?? '';
    const words = name.split(/\s+/).filter(Boolean).map(measure);
    if (!bounds || !owner || words.length === 0) continue;
    const [x, width, height] = ['x', 'width', 'height'].map((key) => Number(bounds.getAttribute(key)));
    if (x === undefined || width === undefined || height === undefined) continue;
    const room = Math.max(...words) + 4;
    const fits = width >= room && lines(words, measure(' '), width) * LINE <= height + LINE / 2;
    if (fits) continue;
    const wanted = Math.ceil(Math.max(room, Math.min(measure(name) + 4, WIDEST), width));
    bounds.setAttribute('width', String(wanted));
    const high = lines(words, measure(' '), wanted) * LINE;
    bounds.setAttribute('height', String(high));
    const y = Number(bounds.getAttribute('y'));
    // A label above its shape grows upwards.
    if (y < topOf(owner)) bounds.setAttribute('y', String(y - Math.max(0, high - height)));
    if (owner.localName === 'BPMNShape')
      bounds.setAttribute('x', String(Math.round(x + (width - wanted) / 2)));
    changed = true;
  }
  return changed ? new XMLSerializer().serializeToString(xml) : bpmn;
}
