import { Box, Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import { literal, type Operand, UNITS, type Unit } from '@/lib/filter/model';
import { CountInput } from './CountInput';
import { FieldInput } from './FieldInput';

interface Props {
  field: Pick<Field, 'key' | 'type' | 'link' | 'options'>;
  operand: Operand | undefined;
  label: string;
  /** Whether only whole days make sense. */
  days?: boolean | undefined;
  onChange: (operand: Operand) => void;
}

type Kind = 'exact' | 'today' | 'now' | 'ago' | 'ahead';

function kindOf(operand: Operand | undefined): Kind {
  if (operand?.kind !== 'relative') return 'exact';
  if (operand.amount === 0) return operand.anchor;
  return operand.amount < 0 ? 'ago' : 'ahead';
}

/** A day or moment of a comparison: a fixed one, or one that moves with the time. */
export function TimeOperand({ field, operand, label, days = field.type === 'date', onChange }: Props) {
  const { t } = useTranslation();
  const kind = kindOf(operand);
  const moving =
    operand?.kind === 'relative' ? operand : { anchor: 'today' as const, amount: 0, unit: 'days' as Unit };
  const amount = Math.max(1, Math.abs(moving.amount));
  // Minutes and hours are counted from now, days from the start of today unless the filter said otherwise.
  const relative = (sign: 1 | -1, count: number, unit: Unit, anchor = moving.anchor): Operand => ({
    kind: 'relative',
    anchor: unit === 'minutes' || unit === 'hours' ? 'now' : anchor,
    amount: sign * count,
    unit,
  });
  const choose = (next: Kind) => {
    if (next === 'exact') onChange(literal(''));
    else if (next === 'today') onChange({ kind: 'relative', anchor: 'today', amount: 0, unit: 'days' });
    else if (next === 'now') onChange({ kind: 'relative', anchor: 'now', amount: 0, unit: 'minutes' });
    else onChange(relative(next === 'ago' ? -1 : 1, kind === 'exact' ? 7 : amount, moving.unit, 'today'));
  };
  const kinds: Kind[] = days ? ['exact', 'today', 'ago', 'ahead'] : ['exact', 'today', 'now', 'ago', 'ahead'];
  const text = operand?.kind === 'literal' ? operand.text : '';
  const whole = days || /^\d{4}-\d{2}-\d{2}$/.test(text);
  const sign = kind === 'ago' ? -1 : 1;
  return (
    <Group gap={4} wrap="nowrap" align="start">
      <Select
        w={104}
        flex="none"
        aria-label={t('filter.when')}
        data={kinds.map((each) => ({ value: each, label: t(`filter.whens.${each}`) }))}
        value={kind}
        allowDeselect={false}
        onChange={(next) => choose((next ?? 'exact') as Kind)}
      />
      {kind === 'exact' && (
        <Box flex={1} miw={0}>
          <FieldInput
            field={whole ? { ...field, type: 'date' } : field}
            ariaLabel={label}
            value={text || null}
            onChange={(value) => onChange(literal(value == null ? '' : String(value)))}
          />
        </Box>
      )}
      {(kind === 'ago' || kind === 'ahead') && (
        <>
          <CountInput
            aria-label={t('filter.amount')}
            w={56}
            flex="none"
            max={99_999}
            hideControls
            value={amount}
            onChange={(next) => onChange(relative(sign, next, moving.unit))}
          />
          <Select
            aria-label={t('filter.unit')}
            miw={0}
            data={(days ? UNITS.slice(2) : UNITS).map((unit) => ({
              value: unit,
              label: t(`units.${unit}`),
            }))}
            value={moving.unit}
            allowDeselect={false}
            onChange={(next) => onChange(relative(sign, amount, (next ?? 'days') as Unit))}
          />
        </>
      )}
    </Group>
  );
}
