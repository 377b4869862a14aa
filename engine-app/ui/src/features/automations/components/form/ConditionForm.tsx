import { Alert, Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '@/lib/bpmn/document';
import {
  type Condition,
  type Criterion,
  joinOf,
  patternOf,
  patternProblem,
  patternWithout,
} from './condition';
import { CriterionRow } from './CriterionRow';

interface Props {
  condition: Condition;
  onChange: (condition: Condition) => void;
  /** The trigger of the automation: it decides what a condition can look at. */
  trigger: string | undefined;
  /** The cards of the automation, for the tasks and answers that earlier ones made. */
  nodes: FlowNode[];
}

/** The condition of a flow or trigger: numbered criteria and how they are joined. */
export function ConditionForm({ condition, onChange, trigger, nodes }: Props) {
  const { t } = useTranslation();
  const criteria = condition.criteria ?? [];
  const join = joinOf(condition);
  const wrong = condition.pattern ? patternProblem(condition.pattern, criteria.length) : undefined;

  if (condition.drl !== undefined) {
    return (
      <Textarea
        label={t('condition.drl')}
        description={t('condition.drlText')}
        autosize
        minRows={4}
        value={condition.drl}
        onChange={(event) => onChange({ drl: event.currentTarget.value })}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      />
    );
  }
  if (condition.rule !== undefined) {
    return (
      <TextInput
        label={t('condition.rule')}
        value={condition.rule}
        onChange={(event) => onChange({ rule: event.currentTarget.value })}
      />
    );
  }

  const joined = (next: Criterion[], how: 'all' | 'any' | 'pattern' = join): Condition => {
    const { pattern, ...rest } = condition;
    const kept = how === 'pattern' ? pattern : patternOf(how, next.length);
    return { ...rest, criteria: next, ...(kept ? { pattern: kept } : {}) };
  };

  return (
    <Stack gap="xs">
      {criteria.map((criterion, index) => (
        <CriterionRow
          key={index}
          number={index + 1}
          criterion={criterion}
          trigger={trigger}
          nodes={nodes}
          onChange={(next) => onChange(joined(criteria.map((entry, at) => (at === index ? next : entry))))}
          onRemove={() => {
            const { pattern: _pattern, ...rest } = condition;
            const pattern = patternWithout(condition);
            onChange({
              ...rest,
              criteria: criteria.filter((_, at) => at !== index),
              ...(pattern ? { pattern } : {}),
            });
          }}
        />
      ))}
      {criteria.length > 1 && (
        <Group gap="xs" align="end">
          <Select
            size="xs"
            flex={1}
            label={t('condition.join')}
            data={[
              { value: 'all', label: t('filter.all') },
              { value: 'any', label: t('filter.any') },
              { value: 'pattern', label: t('condition.pattern') },
            ]}
            value={join}
            allowDeselect={false}
            onChange={(next) => {
              if (next === 'pattern') {
                const numbers = criteria.map((_, index) => index + 1);
                onChange({
                  ...condition,
                  pattern: `(${numbers.slice(0, -1).join(' AND ')} OR ${numbers.at(-1) ?? 1})`,
                });
              } else onChange(joined(criteria, next === 'any' ? 'any' : 'all'));
            }}
          />
          {join === 'pattern' && (
            <TextInput
              size="xs"
              flex={1}
              aria-label={t('condition.pattern')}
              value={condition.pattern ?? ''}
              error={wrong ? t('condition.patternWrong', { at: wrong.at }) : undefined}
              onChange={(event) => onChange({ ...condition, pattern: event.currentTarget.value })}
            />
          )}
        </Group>
      )}
      {criteria.length === 0 && (
        <Alert p="xs" color="gray">
          {t('condition.none')}
        </Alert>
      )}
      <Group>
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() =>
            onChange(
              joined([...criteria, { source: 'lead', field: 'city', operator: 'equals', values: [''] }]),
            )
          }
        >
          {t('filter.add')}
        </Button>
      </Group>
    </Stack>
  );
}
