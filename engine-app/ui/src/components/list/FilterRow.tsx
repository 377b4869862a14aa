import { ActionIcon, Box, Group, Select, TagsInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import type { Field } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { useTypes } from '@/api/getTypes';
import { CountInput } from '@/components/fields/CountInput';
import { OperandInput, startingOperands } from '@/components/fields/OperandInput';
import { operatorsOf, shapeOf } from '@/components/fields/operators';
import {
  FIELDLESS,
  literal,
  type Operand,
  type Operator,
  type Test,
  UNITS,
  type Unit,
} from '@/lib/filter/model';
import classes from './FilterBuilder.module.css';

/** Whether a test says all that it needs. */
export function complete(test: Test): boolean {
  if (FIELDLESS.includes(test.operator))
    return test.operands[0]?.kind === 'literal' && test.operands[0].text !== '';
  const shape = shapeOf(test.operator);
  if (shape === 'none') return true;
  const needed = shape === 'two' ? 2 : 1;
  const given = test.operands.filter((operand) => operand.kind === 'relative' || operand.text !== '');
  return given.length >= needed;
}

/** Whether filters offer a field: administrators choose among those that can be searched (LEAD-077). */
export function searchable(field: Field): boolean {
  return (
    field.filterable !== false &&
    field.disabled !== true &&
    field.criterion !== false &&
    (field.system !== false || Boolean(field.slot))
  );
}

/** What a row starts with. */
export function freshTest(fields: Field[]): Test {
  const usable = fields.filter(searchable);
  const field = usable.find((entry) => entry.key === 'city') ?? usable[0];
  const operator = field ? (operatorsOf(field, false)[0] ?? 'equals') : 'equals';
  return { kind: 'test', field: field?.key ?? 'id', operator, operands: startingOperands(operator, []) };
}

/** An activity of a type, ever or within the last so many days. */
function ActivityPeriod({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  const { t } = useTranslation();
  const types = useTypes('activity-types').data ?? [];
  const type = test.operands[0] ?? literal('');
  const period = test.operands[1]?.kind === 'relative' ? test.operands[1] : undefined;
  const set = (first: Operand, amount: number | undefined, unit: Unit) =>
    onChange({
      ...test,
      operands:
        amount === undefined ? [first] : [first, { kind: 'relative', anchor: 'now', amount: -amount, unit }],
    });
  const amount = period ? Math.abs(period.amount) : undefined;
  const unit = period?.unit ?? 'days';
  return (
    <Group gap={4}>
      <Select
        flex={1}
        miw={120}
        aria-label={t('filter.activity')}
        data={types.map((entry) => ({ value: entry.key, label: entry.label }))}
        value={type.kind === 'literal' ? type.text || null : null}
        onChange={(next) => set(literal(next ?? ''), amount, unit)}
        searchable
      />
      <Select
        w={120}
        aria-label={t('filter.when')}
        data={[
          { value: 'ever', label: t('filter.ever') },
          { value: 'last', label: t('operators.withinLast') },
        ]}
        value={period ? 'last' : 'ever'}
        allowDeselect={false}
        onChange={(next) => set(type, next === 'last' ? 7 : undefined, unit)}
      />
      {period && (
        <>
          <CountInput
            w={56}
            aria-label={t('filter.amount')}
            max={99_999}
            hideControls
            value={amount ?? 7}
            onChange={(next) => set(type, next, unit)}
          />
          <Select
            w={96}
            aria-label={t('filter.unit')}
            data={UNITS.map((each) => ({ value: each, label: t(`units.${each}`) }))}
            value={unit}
            allowDeselect={false}
            onChange={(next) => set(type, amount, (next ?? 'days') as Unit)}
          />
        </>
      )}
    </Group>
  );
}

function FieldlessValue({ test, onChange }: { test: Test; onChange: (test: Test) => void }) {
  const { t } = useTranslation();
  const tags = useTags().data ?? [];
  const lists = useLists().data ?? [];
  const value = test.operands[0]?.kind === 'literal' ? test.operands[0].text : '';
  const set = (text: string) => onChange({ ...test, operands: [literal(text)] });
  if (test.operator === 'hasTag' || test.operator === 'hasNoTag') {
    return (
      <TagsInput
        aria-label={t('filter.tagged')}
        data={tags}
        value={value ? [value] : []}
        maxTags={1}
        onChange={(next) => set(next[0] ?? '')}
      />
    );
  }
  if (test.operator === 'inList' || test.operator === 'notInList') {
    return (
      <Select
        aria-label={t('filter.list')}
        data={lists.map((list) => ({ value: String(list.id), label: list.name }))}
        value={value || null}
        onChange={(next) => set(next ?? '')}
        searchable
      />
    );
  }
  return <ActivityPeriod test={test} onChange={onChange} />;
}

/** "has no tag" and "has tag" are one subject with two operators. */
function subjectOf(test: Test): string {
  return FIELDLESS.includes(test.operator)
    ? `:${test.operator.replace('No', '').replace('notIn', 'in')}`
    : test.field;
}

interface Props {
  fields: Field[];
  /** What a row can be about beside fields. */
  related: { value: string; label: string }[];
  test: Test;
  onChange: (test: Test) => void;
  onRemove: () => void;
}

/** One comparison: what is looked at, how, and with what. */
export function FilterRow({ fields, related, test, onChange, onRemove }: Props) {
  const { t } = useTranslation();
  const fieldless = FIELDLESS.includes(test.operator);
  const field = fields.find((entry) => entry.key.toLowerCase() === test.field.toLowerCase());
  const subject = subjectOf(test);
  const operators = fieldless
    ? FIELDLESS.filter((operator) => subjectOf({ ...test, operator }) === subject)
    : field
      ? operatorsOf(field, false)
      : [test.operator];
  const offered = operators.includes(test.operator) ? operators : [test.operator, ...operators];
  const groups = [
    {
      group: t('filter.fields'),
      items: fields
        .filter((entry) => searchable(entry) || entry.key === field?.key)
        .map((entry) => ({ value: entry.key, label: entry.label })),
    },
    ...(related.length > 0 ? [{ group: t('filter.special'), items: related }] : []),
  ];
  return (
    <div className={classes.row}>
      <Select
        aria-label={t('filter.field')}
        data={groups}
        value={fieldless ? subject : (field?.key ?? null)}
        placeholder={test.field}
        searchable
        allowDeselect={false}
        onChange={(next) => {
          if (!next) return;
          if (next.startsWith(':')) {
            onChange({
              kind: 'test',
              field: '',
              operator: next.slice(1) as Operator,
              operands: [literal('')],
            });
            return;
          }
          const chosen = fields.find((entry) => entry.key === next);
          const operator = chosen ? (operatorsOf(chosen, false)[0] ?? 'equals') : 'equals';
          onChange({ kind: 'test', field: next, operator, operands: startingOperands(operator, []) });
        }}
      />
      <Select
        aria-label={t('filter.operator')}
        data={offered.map((operator) => ({ value: operator, label: t(`operators.${operator}`) }))}
        value={test.operator}
        allowDeselect={false}
        onChange={(next) => {
          if (!next) return;
          const operator = next as Operator;
          onChange({
            ...test,
            operator,
            operands: fieldless ? test.operands : startingOperands(operator, test.operands),
          });
        }}
      />
      <Box miw={0}>
        {fieldless ? (
          <FieldlessValue test={test} onChange={onChange} />
        ) : (
          field && (
            <OperandInput
              field={field}
              operator={test.operator}
              operands={test.operands}
              onChange={(operands) => onChange({ ...test, operands })}
            />
          )
        )}
      </Box>
      <ActionIcon aria-label={t('filter.removeRow')} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}
