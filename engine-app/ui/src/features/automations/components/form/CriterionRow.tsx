import { ActionIcon, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTypes } from '@/api/getTypes';
import type { FlowNode } from '@/lib/bpmn/document';
import { ActivityHappened } from './ActivityHappened';
import { Comparison } from './Comparison';
import { type Criterion, type Source, sourcesFor } from './condition';
import classes from './Condition.module.css';

interface Props {
  criterion: Criterion;
  number: number;
  trigger: string | undefined;
  /** The cards before, for the tasks and answers that they made. */
  nodes: FlowNode[];
  onChange: (criterion: Criterion) => void;
  onRemove: () => void;
}

/** One numbered criterion: what it looks at, and the comparison. */
export function CriterionRow({ criterion, number, trigger, nodes, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const types = useTypes('activity-types').data ?? [];
  const { source } = criterion;
  const taskCards = nodes.filter((node) => node.type === 'task.create');
  const webhookCards = nodes.filter((node) => node.type === 'webhook.call');
  const sources = sourcesFor(trigger, { tasks: taskCards.length > 0, webhooks: webhookCards.length > 0 });
  const ofDeal = trigger?.startsWith('opportunity.') === true;
  const ofCard = source === 'createdTask' ? taskCards : source === 'webhookResponse' ? webhookCards : null;

  const setSource = (next: Source) =>
    onChange(
      next === 'leadActivity'
        ? { source: next, operator: 'hasActivity', activityType: types[0]?.key ?? '' }
        : { source: next, field: '', operator: 'equals', values: [''] },
    );

  return (
    <Paper withBorder p="xs" className={classes.criterion}>
      <Group gap={6} mb={6} wrap="nowrap">
        <Text size="xs" c="dimmed" w={16}>
          {number}
        </Text>
        <Select
          size="xs"
          flex={1}
          aria-label={t('condition.source')}
          data={sources.map((entry) => ({
            value: entry,
            label: t(`condition.sources.${entry === 'leadActivity' && ofDeal ? 'dealActivity' : entry}`),
          }))}
          value={source}
          allowDeselect={false}
          onChange={(next) => setSource((next ?? 'lead') as Source)}
        />
        <ActionIcon size="sm" aria-label={t('condition.remove', { number })} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </Group>
      <Stack gap={6}>
        {ofCard && (
          <Select
            size="xs"
            aria-label={t('condition.card')}
            placeholder={t('condition.card')}
            data={ofCard.map((node) => ({ value: node.id, label: node.name || node.id }))}
            value={criterion.card ?? null}
            onChange={(next) => onChange({ ...criterion, card: next ?? '' })}
          />
        )}
        {(source === 'leadActivity' || source === 'triggeredActivity') && (
          <Select
            size="xs"
            aria-label={t('filter.activity')}
            placeholder={t('condition.anyActivity')}
            data={types.map((type) => ({ value: type.key, label: type.label }))}
            value={criterion.activityType || null}
            clearable={source === 'triggeredActivity'}
            searchable
            onChange={(next) => {
              const { activityType: _type, ...rest } = criterion;
              onChange(next ? { ...rest, activityType: next } : rest);
            }}
          />
        )}
        {source === 'leadActivity' ? (
          <ActivityHappened criterion={criterion} onChange={onChange} />
        ) : (
          <Comparison criterion={criterion} onChange={onChange} trigger={trigger} />
        )}
      </Stack>
    </Paper>
  );
}
