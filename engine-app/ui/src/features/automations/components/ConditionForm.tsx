import {
  ActionIcon,
  Alert,
  Box,
  Button,
  Group,
  NumberInput,
  Paper,
  Select,
  Stack,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import { type Field, useFields } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { useTypes } from '@/api/getTypes';
import { OperandInput, startingOperands } from '@/components/fields/OperandInput';
import { operatorsOf } from '@/components/fields/operators';
import { FIELDLESS, literal, type Operator, UNITS, type Unit } from '@/lib/filter/model';
import type { FlowNode } from '@/lib/bpmn/document';
import {
  type Condition,
  type Criterion,
  joinOf,
  operandsOf,
  patternOf,
  patternProblem,
  patternWithout,
  type Source,
  sourcesFor,
  withOperands,
} from './condition';
import classes from './Condition.module.css';

interface Props {
  condition: Condition;
  onChange: (condition: Condition) => void;
  /** The trigger of the automation: it decides what a condition can look at. */
  trigger: string | undefined;
  /** The cards of the automation, for the tasks and answers that earlier ones made. */
  nodes: FlowNode[];
}

const ENTITY: Partial<Record<Source, 'leads' | 'contacts' | 'accounts' | 'activities' | 'tasks'>> = {
  lead: 'leads',
  contact: 'contacts',
  account: 'accounts',
  triggeredActivity: 'activities',
  leadActivity: 'activities',
  triggeredTask: 'tasks',
  createdTask: 'tasks',
};

function CriterionRow({
  criterion,
  number,
  trigger,
  nodes,
  onChange,
  onRemove,
}: {
  criterion: Criterion;
  number: number;
  trigger: string | undefined;
  nodes: FlowNode[];
  onChange: (criterion: Criterion) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const entity = ENTITY[criterion.source];
  const fields = useFields(entity ?? 'leads', entity !== undefined).data ?? [];
  const types = useTypes('activity-types').data ?? [];
  const tags = useTags().data ?? [];
  const lists = useLists().data ?? [];
  const taskCards = nodes.filter((node) => node.type === 'task.create');
  const webhookCards = nodes.filter((node) => node.type === 'webhook.call');
  const sources = sourcesFor(trigger, { tasks: taskCards.length > 0, webhooks: webhookCards.length > 0 });
  const field = fields.find((entry) => entry.key === criterion.field);
  const fieldless = FIELDLESS.includes(criterion.operator);
  const withChanges = criterion.source === trigger?.split('.')[0] && /updated$/.test(trigger ?? '');
  const subject = fieldless
    ? `:${criterion.operator.replace('No', '').replace('notIn', 'in')}`
    : (criterion.field ?? '');
  const operators: Operator[] = fieldless
    ? FIELDLESS.filter((operator) => operator.replace('No', '').replace('notIn', 'in') === subject.slice(1))
    : operatorsOf(field ?? ({ type: 'text' } as Field), withChanges);
  const value = criterion.values?.[0] ?? '';
  const onRecord = criterion.source === 'lead' || criterion.source === 'contact';

  const setSubject = (next: string) => {
    if (next.startsWith(':')) {
      const { field: _field, within: _within, ...rest } = criterion;
      onChange({ ...rest, operator: next.slice(1) as Operator, values: [''] });
      return;
    }
    const chosen = fields.find((entry) => entry.key === next);
    const operator = chosen ? (operatorsOf(chosen, withChanges)[0] ?? 'equals') : 'equals';
    onChange(withOperands({ ...criterion, field: next, operator }, startingOperands(operator, [])));
  };

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
          data={sources.map((source) => ({ value: source, label: t(`condition.sources.${source}`) }))}
          value={criterion.source}
          allowDeselect={false}
          onChange={(next) => {
            const source = (next ?? 'lead') as Source;
            if (source === 'leadActivity')
              onChange({ source, operator: 'hasActivity', activityType: types[0]?.key ?? '' });
            else onChange({ source, field: '', operator: 'equals', values: [''] });
          }}
        />
        <ActionIcon size="sm" aria-label={t('condition.remove', { number })} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      </Group>
      <Stack gap={6}>
        {(criterion.source === 'createdTask' || criterion.source === 'webhookResponse') && (
          <Select
            size="xs"
            aria-label={t('condition.card')}
            placeholder={t('condition.card')}
            data={(criterion.source === 'createdTask' ? taskCards : webhookCards).map((node) => ({
              value: node.id,
              label: node.name || node.id,
            }))}
            value={criterion.card ?? null}
            onChange={(next) => onChange({ ...criterion, card: next ?? '' })}
          />
        )}
        {(criterion.source === 'leadActivity' || criterion.source === 'triggeredActivity') && (
          <Select
            size="xs"
            aria-label={t('filter.activity')}
            placeholder={t('condition.anyActivity')}
            data={types.map((type) => ({ value: type.key, label: type.label }))}
            value={criterion.activityType ?? null}
            clearable={criterion.source === 'triggeredActivity'}
            searchable
            onChange={(next) => {
              const { activityType: _type, ...rest } = criterion;
              onChange(next ? { ...rest, activityType: next } : rest);
            }}
          />
        )}
        {criterion.source === 'leadActivity' ? (
          <Group gap={6} wrap="nowrap">
            <Select
              size="xs"
              flex={1}
              aria-label={t('filter.operator')}
              data={[
                { value: 'hasActivity', label: t('condition.happened') },
                { value: 'hasNoActivity', label: t('condition.didNotHappen') },
              ]}
              value={criterion.operator === 'hasNoActivity' ? 'hasNoActivity' : 'hasActivity'}
              allowDeselect={false}
              onChange={(next) => onChange({ ...criterion, operator: (next ?? 'hasActivity') as Operator })}
            />
            <Text size="xs" c="dimmed">
              {t('operators.withinLast')}
            </Text>
            <NumberInput
              size="xs"
              w={56}
              aria-label={t('filter.amount')}
              hideControls
              placeholder="∞"
              value={criterion.within?.amount ?? ''}
              onChange={(next) => {
                const { within, ...rest } = criterion;
                onChange(
                  next === ''
                    ? rest
                    : { ...rest, within: { amount: Number(next), unit: within?.unit ?? 'days' } },
                );
              }}
            />
            <Select
              size="xs"
              w={90}
              aria-label={t('filter.unit')}
              data={UNITS.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
              value={criterion.within?.unit ?? 'days'}
              allowDeselect={false}
              onChange={(next) =>
                criterion.within &&
                onChange({ ...criterion, within: { ...criterion.within, unit: (next ?? 'days') as Unit } })
              }
            />
          </Group>
        ) : (
          <>
            <Group gap={6} wrap="nowrap">
              {entity ? (
                <Select
                  size="xs"
                  flex={1}
                  aria-label={t('filter.field')}
                  placeholder={t('filter.field')}
                  data={[
                    {
                      group: t('filter.fields'),
                      items: fields.map((entry) => ({ value: entry.key, label: entry.label })),
                    },
                    ...(onRecord
                      ? [
                          {
                            group: t('filter.special'),
                            items: [
                              { value: ':hasTag', label: t('filter.tagged') },
                              { value: ':inList', label: t('filter.list') },
                            ],
                          },
                        ]
                      : []),
                  ]}
                  value={subject || null}
                  searchable
                  allowDeselect={false}
                  onChange={(next) => next && setSubject(next)}
                />
              ) : (
                <TextInput
                  size="xs"
                  flex={1}
                  aria-label={t('filter.field')}
                  placeholder={t('filter.field')}
                  value={criterion.field ?? ''}
                  onChange={(event) => onChange({ ...criterion, field: event.currentTarget.value })}
                />
              )}
              <Select
                size="xs"
                flex={1}
                aria-label={t('filter.operator')}
                data={operators.map((operator) => ({ value: operator, label: t(`operators.${operator}`) }))}
                value={criterion.operator}
                allowDeselect={false}
                onChange={(next) => {
                  const operator = (next ?? 'equals') as Operator;
                  onChange(
                    fieldless
                      ? { ...criterion, operator }
                      : withOperands(
                          { ...criterion, operator },
                          startingOperands(operator, operandsOf(criterion)),
                        ),
                  );
                }}
              />
            </Group>
            {criterion.operator === 'hasTag' || criterion.operator === 'hasNoTag' ? (
              <TagsInput
                size="xs"
                aria-label={t('filter.tagged')}
                data={tags}
                maxTags={1}
                value={value ? [value] : []}
                onChange={(next) => onChange({ ...criterion, values: [next[0] ?? ''] })}
              />
            ) : criterion.operator === 'inList' || criterion.operator === 'notInList' ? (
              <Select
                size="xs"
                aria-label={t('filter.list')}
                data={lists.map((list) => ({ value: String(list.id), label: list.name }))}
                value={value || null}
                onChange={(next) => onChange({ ...criterion, values: [next ?? ''] })}
              />
            ) : (
              <Box>
                <OperandInput
                  field={field ?? { key: criterion.field ?? '', type: 'text' }}
                  operator={criterion.operator}
                  operands={operandsOf(criterion)}
                  onChange={(operands) =>
                    onChange(withOperands(criterion, operands.length > 0 ? operands : [literal('')]))
                  }
                />
              </Box>
            )}
          </>
        )}
        {(criterion.where?.length ?? 0) > 0 && (
          <Text size="xs" c="dimmed">
            {t('condition.where', { count: criterion.where?.length ?? 0 })}
          </Text>
        )}
      </Stack>
    </Paper>
  );
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
