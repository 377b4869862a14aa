import { ActionIcon, Box, Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Operator, UNITS, type Unit } from '@/lib/filter/model';
import { Comparison } from './Comparison';
import type { Criterion } from './condition';
import classes from './Condition.module.css';

interface Props {
  criterion: Criterion;
  onChange: (criterion: Criterion) => void;
}

/** Whether an activity of a type happened within a period, and what must be true of that activity (AUT-031). */
export function ActivityHappened({ criterion, onChange }: Props) {
  const { t } = useTranslation();
  const where = criterion.where ?? [];
  const setWhere = (next: Criterion[]) => {
    const { where: _where, ...rest } = criterion;
    onChange(next.length > 0 ? { ...rest, where: next } : rest);
  };
  return (
    <>
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
          min={1}
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
      {where.map((entry, index) => (
        <Box key={index} className={classes.where}>
          <Group justify="space-between" gap={6}>
            <Text size="xs" c="dimmed">
              {t('condition.with')}
            </Text>
            <ActionIcon
              size="sm"
              aria-label={t('common.remove')}
              onClick={() => setWhere(where.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
          <Stack gap={6}>
            <Comparison
              criterion={{
                ...entry,
                ...(criterion.activityType ? { activityType: criterion.activityType } : {}),
              }}
              trigger={undefined}
              onChange={(next) => setWhere(where.map((other, at) => (at === index ? next : other)))}
            />
          </Stack>
        </Box>
      ))}
      <Group>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={12} />}
          onClick={() =>
            setWhere([
              ...where,
              { source: 'leadActivity', field: 'outcome', operator: 'equals', values: [''] },
            ])
          }
        >
          {t('condition.addWith')}
        </Button>
      </Group>
    </>
  );
}
