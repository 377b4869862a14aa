import { Group, MultiSelect, Select, Stack, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import { ListsProblem } from '@/components/ListsProblem';
import { literal, type Operand, type Operator, UNITS, type Unit, WEEKDAYS } from '@/lib/filter/model';
import { CountInput } from './CountInput';
import { FieldInput } from './FieldInput';
import { shapeOf } from './operators';
import { TimeOperand } from './TimeOperand';

type ComparedField = Pick<Field, 'key' | 'type' | 'link' | 'options'>;

interface Props {
  field: ComparedField;
  operator: Operator;
  operands: Operand[];
  onChange: (operands: Operand[]) => void;
}

function textOf(operand: Operand | undefined): string {
  return operand?.kind === 'literal' ? operand.text : '';
}

/** The text a filter or condition holds for a value typed into an input. */
function toText(value: unknown): string {
  if (value == null) return '';
  if (typeof value === 'object' && 'amount' in value) return String(value.amount);
  return String(value);
}

function fromText(field: ComparedField, text: string): unknown {
  if (text === '') return null;
  if (['wholeNumber', 'decimal', 'user', 'recordLink'].includes(field.type)) return Number(text);
  if (field.type === 'boolean') return text === 'true';
  return text;
}

/** Money and texts of several lines compare by plainer inputs than they are edited with. */
function simpler(field: ComparedField): ComparedField {
  if (field.type === 'money') return { ...field, type: 'decimal' };
  if (field.type === 'longText') return { ...field, type: 'text' };
  if (field.type === 'multiSelect') return { ...field, type: 'dropdown' };
  return field;
}

function Single({
  field,
  operand,
  label,
  days,
  onChange,
}: {
  field: ComparedField;
  operand: Operand | undefined;
  label: string;
  days?: boolean | undefined;
  onChange: (operand: Operand) => void;
}) {
  const { t } = useTranslation();
  if (field.type === 'date' || field.type === 'dateTime') {
    return <TimeOperand field={field} operand={operand} label={label} days={days} onChange={onChange} />;
  }
  if (field.type === 'boolean') {
    return (
      <Select
        aria-label={label}
        data={[
          { value: 'true', label: t('common.yes') },
          { value: 'false', label: t('common.no') },
        ]}
        value={textOf(operand) || null}
        allowDeselect={false}
        onChange={(next) => onChange(literal(next ?? 'true'))}
      />
    );
  }
  const shown = simpler(field);
  return (
    <FieldInput
      field={shown}
      ariaLabel={label}
      value={fromText(shown, textOf(operand))}
      onChange={(value) => onChange(literal(toText(value)))}
    />
  );
}

/** What stands on the right of a comparison. */
export function OperandInput({ field, operator, operands, onChange }: Props) {
  const { t } = useTranslation();
  const users = useUsers();
  const label = t('filter.value');
  switch (shapeOf(operator)) {
    case 'none':
      return null;
    case 'one':
      return (
        <Single
          field={field}
          operand={operands[0]}
          label={label}
          days={operator === 'on' || undefined}
          onChange={(next) => onChange([next])}
        />
      );
    case 'two':
      return (
        <Group gap={4} wrap="nowrap">
          <Single
            field={field}
            operand={operands[0]}
            label={label}
            onChange={(next) => onChange([next, operands[1] ?? literal('')])}
          />
          <Text size="sm" c="dimmed">
            {t('filter.and')}
          </Text>
          <Single
            field={field}
            operand={operands[1]}
            label={t('filter.to')}
            onChange={(next) => onChange([operands[0] ?? literal(''), next])}
          />
        </Group>
      );
    case 'many': {
      const values = operands.map(textOf).filter((text) => text !== '');
      const set = (next: string[]) => onChange(next.map(literal));
      if (field.type === 'user') {
        return (
          <Stack gap={4}>
            <MultiSelect
              aria-label={label}
              data={(users.data ?? []).map((user) => ({ value: String(user.id), label: user.name }))}
              value={values}
              onChange={set}
              searchable
            />
            <ListsProblem lists={[users]} />
          </Stack>
        );
      }
      return <TagsInput aria-label={label} data={field.options ?? []} value={values} onChange={set} />;
    }
    case 'weekdays':
      return (
        <MultiSelect
          aria-label={label}
          data={WEEKDAYS.map((day) => ({ value: day, label: t(`weekdays.${day}`) }))}
          value={operands.map(textOf)}
          onChange={(next) => onChange(next.map(literal))}
        />
      );
    case 'period': {
      const first = operands[0];
      const period = first?.kind === 'relative' ? first : { amount: 7, unit: 'days' as Unit };
      const sign = operator === 'withinLast' ? -1 : 1;
      const set = (amount: number, unit: Unit) =>
        onChange([{ kind: 'relative', anchor: 'now', amount: sign * amount, unit }]);
      return (
        <Group gap={4} wrap="nowrap">
          <CountInput
            aria-label={t('filter.amount')}
            w={72}
            max={99_999}
            hideControls
            value={Math.abs(period.amount)}
            onChange={(next) => set(next, period.unit)}
          />
          <Select
            aria-label={t('filter.unit')}
            data={UNITS.map((unit) => ({ value: unit, label: t(`units.${unit}`) }))}
            value={period.unit}
            allowDeselect={false}
            onChange={(next) => set(Math.abs(period.amount), (next ?? 'days') as Unit)}
          />
        </Group>
      );
    }
  }
}

/** What a comparison starts with when it is chosen. */
export function startingOperands(operator: Operator, before: Operand[]): Operand[] {
  switch (shapeOf(operator)) {
    case 'none':
      return [];
    case 'period':
      return [{ kind: 'relative', anchor: 'now', amount: operator === 'withinLast' ? -7 : 7, unit: 'days' }];
    case 'one':
      return [before[0] ?? literal('')];
    case 'two':
      return [before[0] ?? literal(''), before[1] ?? literal('')];
    case 'many':
      return before.filter((operand) => operand.kind === 'literal' && operand.text !== '');
    case 'weekdays':
      return [];
  }
}
