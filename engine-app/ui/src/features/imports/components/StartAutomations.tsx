import { Group, NumberInput, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { STARTS, type Starts } from '../api/imports';

/** The most that can be wanted a minute. */
export const FASTEST = 100_000;

/** A number of starts a minute from what stands in the field; null when it is none. */
export function paceOf(value: number | string): number | null {
  const pace = Number(value);
  return Number.isInteger(pace) && pace >= 1 && pace <= FASTEST ? pace : null;
}

/** Asks whether the rows start automations. */
export function StartAutomations({
  value,
  onChange,
  pace,
  onPace,
}: {
  value: Starts;
  onChange: (value: Starts) => void;
  pace: number | string;
  onPace: (pace: number | string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t('imports.starts.question')}
      description={t('imports.starts.questionText')}
      value={value}
      onChange={(next) => onChange(STARTS.find((one) => one === next) ?? 'yes')}
    >
      <Stack gap={6} mt={6}>
        {STARTS.map((one) => (
          <Radio
            key={one}
            value={one}
            label={t(`imports.starts.${one}`)}
            description={t(`imports.starts.${one}Text`)}
          />
        ))}
        {value === 'throttled' && (
          <Group gap="xs" pl={28}>
            <NumberInput
              label={t('imports.starts.perMinute')}
              value={pace}
              onChange={onPace}
              min={1}
              max={FASTEST}
              allowDecimal={false}
              error={paceOf(pace) === null ? t('imports.starts.paceWrong') : undefined}
              w={180}
            />
          </Group>
        )}
      </Stack>
    </Radio.Group>
  );
}
