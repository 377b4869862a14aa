import { describe, expect, it } from 'vitest';
import { BpmnDocument, BpmnError } from './document';

function edited(text: string, change: (document: BpmnDocument) => void): string {
  const document = new BpmnDocument(text);
  change(document);
  return document.text();
}

const WELCOME = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:leadloom="https://leadloom.io/schema/bpmn/1" id="d" targetNamespace="x">
  <bpmn:process id="welcome" name="Welcome" isExecutable="true">
    <bpmn:startEvent id="start" name="Lead created">
      <bpmn:extensionElements><leadloom:trigger>{"type":"lead.created"}</leadloom:trigger></bpmn:extensionElements>
      <bpmn:outgoing>f1</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="end"/>
    <bpmn:serviceTask id="other" name="Other"><bpmn:extensionElements><leadloom:card type="tag.add">{"tags":["b"]}</leadloom:card></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:serviceTask id="tag" name="Tag"><bpmn:extensionElements><leadloom:card type="tag.add">{"tags":["a"]}</leadloom:card></bpmn:extensionElements></bpmn:serviceTask>
    <bpmn:exclusiveGateway id="city" name="City?" default="f3"><bpmn:outgoing>f2</bpmn:outgoing><bpmn:outgoing>f3</bpmn:outgoing></bpmn:exclusiveGateway>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="city"/>
    <bpmn:sequenceFlow id="f3" name="No" sourceRef="city" targetRef="other"/>
    <bpmn:sequenceFlow id="f2" name="Yes" sourceRef="city" targetRef="tag"/>
    <bpmn:sequenceFlow id="f4" sourceRef="tag" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>`;

describe('BPMN document', () => {
  it('lists the steps in the order a reader meets them, branches by priority', () => {
    const nodes = new BpmnDocument(WELCOME).nodes();
    expect(nodes.map((node) => node.id)).toEqual(['start', 'city', 'tag', 'end', 'other']);
    expect(nodes[0]).toMatchObject({ kind: 'start', type: 'lead.created' });
    expect(nodes[1]).toMatchObject({ defaultFlow: 'f3', outgoing: ['f2', 'f3'] });
    expect(nodes[2]).toMatchObject({ kind: 'card', type: 'tag.add' });
  });

  it('changes the settings of a card and nothing else', () => {
    const text = edited(WELCOME, (document) =>
      document.setSettings('tag', 'card', { tags: ['a & b', '<c>'] }),
    );
    const document = new BpmnDocument(text);
    expect(document.settings('tag', 'card')).toEqual({ tags: ['a & b', '<c>'] });
    expect(document.settings('other', 'card')).toEqual({ tags: ['b'] });
    expect(document.nodes()).toHaveLength(5);
  });

  it('adds a condition to a flow that has none, in the namespace that the server reads', () => {
    const text = edited(WELCOME, (document) => document.setSettings('f2', 'condition', { criteria: [] }));
    expect(text).toContain('<leadloom:condition>{"criteria":[]}</leadloom:condition>');
    expect(new BpmnDocument(text).settings('f2', 'condition')).toEqual({ criteria: [] });
    const without = edited(text, (document) => document.setSettings('f2', 'condition', undefined));
    expect(new BpmnDocument(without).settings('f2', 'condition')).toBeUndefined();
  });

  it('renames the automation and a step', () => {
    const text = edited(WELCOME, (document) => {
      document.name = 'Hello';
      document.rename('tag', 'Tag it');
    });
    expect(new BpmnDocument(text).name).toBe('Hello');
    expect(text).toContain('name="Tag it"');
  });

  it('writes a span of waiting also as other tools read it', () => {
    const wait = WELCOME.replace(
      '<bpmn:endEvent id="end"/>',
      '<bpmn:intermediateCatchEvent id="wait"><bpmn:timerEventDefinition><bpmn:timeDuration>PT4H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>',
    );
    const text = edited(wait, (document) =>
      document.setWait('wait', { kind: 'duration', amount: 2, unit: 'days' }),
    );
    expect(text).toContain('<bpmn:timeDuration>P2D</bpmn:timeDuration>');
    expect(new BpmnDocument(text).settings('wait', 'wait')).toMatchObject({ amount: 2, unit: 'days' });
  });

  it('refuses what is not BPMN', () => {
    expect(() => new BpmnDocument('<a>')).toThrow(BpmnError);
    expect(() => new BpmnDocument('<a/>')).toThrow(BpmnError);
    expect(() => new BpmnDocument('<!DOCTYPE a><a/>')).toThrow(BpmnError);
  });
});
