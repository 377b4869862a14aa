import { ActionIcon } from '@mantine/core';
import { IconCopy, IconCopyPlus, IconGitBranch, IconTrash } from '@tabler/icons-react';
import { createElement, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '@/lib/bpmn/document';
import type { CardDescriptor } from '@/features/automations/api/getCatalogue';
import classes from './Flow.module.css';
import { type FlowState, useFlow } from './flowState';
import { iconOf } from './icons';
import { summaryOf } from './summary';

/** The description of a step: of its card, or of what it waits for. */
function descriptorOf(node: FlowNode, { cards, triggers }: FlowState): CardDescriptor | undefined {
  if (node.kind === 'wait') return cards.find(({ type }) => type === 'flow.wait');
  if (node.kind === 'start' || node.kind === 'event') {
    const known = triggers.find(({ type }) => type === node.type);
    return known && { ...known, label: known.label ?? known.type };
  }
  return cards.find(({ type }) => type === node.type);
}

const SETTINGS = { start: 'trigger', card: 'card', wait: 'wait', event: 'event' } as const;

function Tools({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const { cardOf, onCopy, onDuplicate, onRemove, onEdit, onChoose } = useFlow();
  const splits = node.kind === 'gateway' || node.kind === 'parallel';
  const tools = [
    splits && {
      label: t('flow.addBranch'),
      icon: IconGitBranch,
      onClick: () => {
        let made = '';
        onEdit((draft) => {
          made = draft.addBranch(node.id, t('editor.branch', { number: node.outgoing.length }));
        });
        onChoose(made);
      },
    },
    cardOf(node.id) && {
      label: t('flow.duplicate'),
      icon: IconCopyPlus,
      onClick: () => onDuplicate(node.id),
    },
    cardOf(node.id) && { label: t('flow.copy'), icon: IconCopy, onClick: () => onCopy(node.id) },
    { label: t('flow.remove'), icon: IconTrash, onClick: () => onRemove(node.id) },
  ].filter((tool) => !!tool);
  return (
    <div className={classes.cardTools} role="group" aria-label={t('flow.toolsOf', { name: node.name })}>
      {tools.map(({ label, icon: Icon, onClick }) => (
        <ActionIcon
          key={label}
          size={24}
          variant="subtle"
          color="gray"
          aria-label={label}
          title={label}
          onClick={onClick}
        >
          <Icon size={14} />
        </ActionIcon>
      ))}
    </div>
  );
}

/** One step: what it is, what it is called, and what is set of it in one line. */
export function CardBox({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const flow = useFlow();
  const { document, chosen, fixed, problems, badges, onChoose, onCopy, onPaste, onRemove, onDuplicate } =
    flow;
  const descriptor = descriptorOf(node, flow);
  const label = descriptor?.label ?? t(`editor.kinds.${node.kind}`);
  const part = SETTINGS[node.kind as keyof typeof SETTINGS];
  const settings = part && document.settings(node.id, part);
  const summary = summaryOf(descriptor, settings, t);
  const isChosen = chosen === node.id;
  const movable = node.kind !== 'start' && node.kind !== 'end' && node.kind !== 'event';

  const press = (event: KeyboardEvent) => {
    if (fixed) return;
    const held = event.ctrlKey || event.metaKey;
    const [after] = node.outgoing;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      if (!movable) return;
      onRemove(node.id);
    } else if (held && event.key === 'c') onCopy(node.id);
    else if (held && event.key === 'd') onDuplicate(node.id);
    else if (held && event.key === 'v' && after && node.outgoing.length === 1) onPaste(after);
    else if (event.key === '+' && after) flow.onAdd(after);
    else return;
    event.preventDefault();
  };

  return (
    <div
      className={classes.card}
      data-kind={node.kind}
      data-element={node.id}
      data-chosen={isChosen || undefined}
      data-problem={problems.includes(node.id) || undefined}
    >
      <button
        type="button"
        data-card
        className={classes.cardButton}
        aria-pressed={isChosen}
        onClick={() => onChoose(node.id)}
        onKeyDown={press}
      >
        <span className={classes.icon}>
          {createElement(iconOf(descriptor?.icon, node.kind), { size: 18, stroke: 1.6 })}
        </span>
        <span className={classes.text}>
          <span className={classes.name}>{node.name || label}</span>
          {node.name !== label && node.kind !== 'end' && <span className={classes.kind}>{label}</span>}
          {summary && <span className={classes.summary}>{summary}</span>}
        </span>
        {(badges[node.id] ?? []).map((badge) => (
          <span key={badge.title} className={classes.badge} data-tone={badge.tone} title={badge.title}>
            {badge.text}
          </span>
        ))}
      </button>
      {isChosen && !fixed && movable && <Tools node={node} />}
    </div>
  );
}
