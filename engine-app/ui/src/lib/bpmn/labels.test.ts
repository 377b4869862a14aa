import { describe, expect, it } from 'vitest';
import { labelsAboveGateways, roomForLabels } from './labels';

const measure = (text: string) => text.length * 8;

function diagram(kind: 'BPMNShape' | 'BPMNEdge', name: string, width: number, height = 14): string {
  return `<d xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><endEvent id="end" name="${name}"/>
    <di:${kind} bpmnElement="end"><di:BPMNLabel><dc:Bounds x="100" y="184" width="${width}" height="${height}"/>
    </di:BPMNLabel></di:${kind}></d>`;
}

function bounds(bpmn: string) {
  const found = /<dc:Bounds x="(\d+)" y="184" width="(\d+)" height="(\d+)"/.exec(
    roomForLabels(bpmn, measure),
  );
  return found?.slice(1).map(Number);
}

describe('labels', () => {
  it('leaves a label alone whose words fit', () => {
    const wide = diagram('BPMNShape', 'Welcomed', 80);
    expect(roomForLabels(wide, measure)).toBe(wide);
    const twoLines = diagram('BPMNShape', 'Call planned', 64, 28);
    expect(roomForLabels(twoLines, measure)).toBe(twoLines);
  });

  it('widens a label around its middle instead of breaking a word', () => {
    expect(bounds(diagram('BPMNShape', 'Welcomed', 48))).toEqual([90, 68, 15]);
  });

  it('keeps the left edge of a label beside a flow', () => {
    expect(bounds(diagram('BPMNEdge', 'Opportunity', 66))).toEqual([100, 92, 15]);
  });

  it('wraps a long name between its words', () => {
    expect(bounds(diagram('BPMNShape', 'Stage of an account changed', 60))).toEqual([65, 130, 30]);
  });

  it('puts the label of a gateway that has none above it, and lets it grow upwards', () => {
    const bare = `<d xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"
      xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"><exclusiveGateway id="g" name="Clicked in time or later?"/>
      <di:BPMNShape bpmnElement="g"><dc:Bounds x="100" y="200" width="50" height="50"/></di:BPMNShape></d>`;
    const placed = labelsAboveGateways(bare);
    expect(placed).toMatch(/x="80" y="177" width="90" height="15"/);
    expect(roomForLabels(placed, measure)).toMatch(/x="60" y="162" width="130" height="30"/);
  });

  it('keeps a single letter with the word behind its hyphen', () => {
    expect(roomForLabels(diagram('BPMNShape', 'Send e-mail follow-up', 200), measure)).toContain(
      'name="Send e\u2010mail follow-up"',
    );
  });
});
