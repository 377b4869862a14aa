import { createContext, useContext } from 'react';
import type { Badge } from '@/components/BpmnCanvas';
import type { BpmnDocument, FlowNode } from '@/lib/bpmn/document';
import type { FlowDraft } from '@/lib/bpmn/flowDraft';
import type { CardDescriptor, TriggerDescriptor } from '@/features/automations/api/getCatalogue';
import type { Copied } from './cards';

/** What all parts of a flow know, and what can be done in it. */
export interface FlowState {
  document: BpmnDocument;
  nodes: FlowNode[];
  cards: CardDescriptor[];
  triggers: TriggerDescriptor[];
  badges: Record<string, Badge[]>;
  /** The elements that keep the draft from being published. */
  problems: string[];
  chosen: string | undefined;
  fixed: boolean;
  onChoose: (id: string | undefined) => void;
  /** Asks which card to put on a connection. */
  onAdd: (flow: string) => void;
  onEdit: (change: (draft: FlowDraft) => void) => void;
  /** What of a step can be copied; nothing of splits, whose branches are their own. */
  cardOf: (id: string) => Copied | undefined;
  onCopy: (id: string) => void;
  onDuplicate: (id: string) => void;
  onRemove: (id: string) => void;
  onPaste: (flow: string) => void;
}

export const FlowContext = createContext<FlowState | null>(null);

export function useFlow(): FlowState {
  const state = useContext(FlowContext);
  if (!state) throw new Error('outside of a flow');
  return state;
}
