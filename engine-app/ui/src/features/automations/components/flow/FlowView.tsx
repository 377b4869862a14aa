import { ActionIcon, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Badge } from '@/components/BpmnCanvas';
import { toast } from '@/components/toasts';
import type { BpmnDocument } from '@/lib/bpmn/document';
import type { FlowDraft } from '@/lib/bpmn/flowDraft';
import { flowTree } from '@/lib/bpmn/flowTree';
import type { CardDescriptor, TriggerDescriptor } from '@/features/automations/api/getCatalogue';
import { CardPalette } from './CardPalette';
import { type Copied, copied, copy, newCard, offered, used } from './cards';
import classes from './Flow.module.css';
import { FlowColumn } from './FlowColumn';
import { FlowContext, type FlowState } from './flowState';

interface Props {
  document: BpmnDocument;
  chosen: string | undefined;
  /** Whether nothing can be changed. */
  fixed: boolean;
  problems: string[];
  badges: Record<string, Badge[]>;
  cards: CardDescriptor[];
  triggers: TriggerDescriptor[];
  canUndo: boolean;
  canRedo: boolean;
  onUndo: () => void;
  onRedo: () => void;
  onChoose: (id: string | undefined) => void;
  onEdit: (change: (draft: FlowDraft) => void) => void;
}

/** Whether keys are meant for a text that is being written. */
function writes(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input, textarea, [contenteditable="true"]') !== null
  );
}

/** An automation as cards from top to bottom (AUT-003, AUT-004): one model with the BPMN diagram. */
export function FlowView(props: Props) {
  const { document, chosen, problems, badges, cards, triggers, onChoose, onEdit, onUndo, onRedo } = props;
  const { t } = useTranslation();
  const narrow = useMediaQuery('(max-width: 62em)') ?? false;
  const fixed = props.fixed || narrow;
  const [adding, setAdding] = useState<string | null>(null);
  const canvas = useRef<HTMLElement>(null);
  const nodes = useMemo(() => document.nodes(), [document]);
  const flows = useMemo(() => document.flows(), [document]);
  const tree = useMemo(() => flowTree(nodes, flows), [nodes, flows]);
  const trigger = nodes.find(({ kind }) => kind === 'start')?.type;

  /** What is chosen is in sight, also when a list of problems chose it. */
  useEffect(() => {
    if (!chosen) return;
    const shown = canvas.current?.querySelector(`[data-element="${CSS.escape(chosen)}"]`);
    shown?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);

  const words = useMemo(
    () => ({
      yes: t('flow.yes'),
      no: t('flow.no'),
      otherwise: t('flow.otherwise'),
      branch: (number: number) => t('editor.branch', { number }),
      timeOut: t('flow.timeOut'),
    }),
    [t],
  );

  const put = (flow: string, card: CardDescriptor, from?: Copied) => {
    let made = '';
    onEdit((draft) => {
      made = draft.insert(flow, newCard(card, words, from));
    });
    used(card.type);
    onChoose(made);
  };

  const state = useMemo<FlowState>(() => {
    const cardOf = (id: string): Copied | undefined => {
      const node = nodes.find((other) => other.id === id);
      if (node?.kind === 'wait') {
        return { type: 'flow.wait', name: node.name, settings: document.settings(id, 'wait') ?? {} };
      }
      if (node?.kind !== 'card' || !node.type) return undefined;
      return { type: node.type, name: node.name, settings: document.settings(id, 'card') ?? {} };
    };
    return {
      document,
      nodes,
      cards,
      triggers,
      badges,
      problems,
      chosen,
      fixed,
      onChoose,
      onAdd: setAdding,
      onEdit,
      cardOf,
      onCopy: (id) => {
        const card = cardOf(id);
        if (!card) return;
        copy(card);
        toast(t('flow.didCopy', { name: card.name }));
      },
      onDuplicate: (id) => {
        const from = cardOf(id);
        const descriptor = cards.find(({ type }) => type === from?.type);
        const [after] = nodes.find((node) => node.id === id)?.outgoing ?? [];
        if (!from || !descriptor || !after) return;
        onEdit((draft) => draft.insert(after, newCard(descriptor, words, from)));
      },
      onRemove: (id) => {
        onEdit((draft) => draft.remove(id));
        onChoose(undefined);
      },
      onPaste: (flow) => {
        const from = copied();
        const descriptor = offered(cards, trigger).find(({ type }) => type === from?.type);
        if (!from) toast(t('flow.nothingCopied'), { kind: 'bad' });
        else if (!descriptor) toast(t('flow.doesNotFit', { name: from.name }), { kind: 'bad' });
        else onEdit((draft) => draft.insert(flow, newCard(descriptor, words, from)));
      },
    };
  }, [
    document,
    nodes,
    cards,
    triggers,
    badges,
    problems,
    chosen,
    fixed,
    trigger,
    words,
    onChoose,
    onEdit,
    t,
  ]);

  useEffect(() => {
    if (fixed) return;
    const press = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || writes(event.target)) return;
      const again = event.key.toLowerCase() === 'y' || (event.shiftKey && event.key.toLowerCase() === 'z');
      if (again) onRedo();
      else if (event.key.toLowerCase() === 'z') onUndo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [fixed, onUndo, onRedo]);

  /** From card to card with the arrows, in the order in which they stand. */
  const walk = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const buttons = Array.from(canvas.current?.querySelectorAll<HTMLButtonElement>('[data-card]') ?? []);
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (by === 0 || at < 0 || event.altKey) return;
    event.preventDefault();
    buttons[at + by]?.focus();
  };

  return (
    <FlowContext value={state}>
      {/* The cards inside are buttons; the arrows only move between them. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <section ref={canvas} className={classes.canvas} aria-label={t('flow.title')} onKeyDown={walk}>
        {!fixed && (
          <Group className={classes.tools} gap={4}>
            <ActionIcon
              variant="default"
              size={30}
              disabled={!props.canUndo}
              aria-label={t('flow.undo')}
              title={`${t('flow.undo')} (Ctrl Z)`}
              onClick={onUndo}
            >
              <IconArrowBackUp size={16} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              size={30}
              disabled={!props.canRedo}
              aria-label={t('flow.redo')}
              title={`${t('flow.redo')} (Ctrl Shift Z)`}
              onClick={onRedo}
            >
              <IconArrowForwardUp size={16} />
            </ActionIcon>
          </Group>
        )}
        {narrow && !props.fixed && (
          <Text size="xs" c="dimmed" p="xs">
            {t('flow.widerScreen')}
          </Text>
        )}
        <div className={classes.paper}>
          <FlowColumn column={tree} />
        </div>
      </section>
      {adding && (
        <CardPalette
          cards={cards}
          trigger={trigger}
          onTake={(card, from) => {
            setAdding(null);
            put(adding, card, from);
          }}
          onClose={() => setAdding(null)}
        />
      )}
    </FlowContext>
  );
}
