import { ActionIcon, Button, Group, Text, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DAYS, type Day, type Interval, nextInterval, type Week, wrongWith } from './hours';
import classes from './Profile.module.css';

interface Props {
  week: Week;
  onChange: (week: Week) => void;
}

/** When somebody can be met: several stretches a day (SET-042). */
export function HoursInput({ week, onChange }: Props) {
  const { t } = useTranslation();
  const set = (day: Day, intervals: Interval[]) => onChange({ ...week, [day]: intervals });
  return (
    <div className={classes.week}>
      {DAYS.map((day) => {
        const intervals = week[day] ?? [];
        const wrong = wrongWith(intervals);
        const change = (index: number, part: Partial<Interval>) =>
          set(
            day,
            intervals.map((one, at) => (at === index ? { ...one, ...part } : one)),
          );
        return (
          <div key={day} className={classes.day} role="group" aria-label={t(`weekdays.${day}`)}>
            <Text size="sm" fw={550} lh="32px">
              {t(`weekdays.${day}`)}
            </Text>
            <div className={classes.intervals}>
              {intervals.length === 0 && (
                <Text size="sm" c="dimmed" lh="32px">
                  {t('profile.notAvailable')}
                </Text>
              )}
              {intervals.map((interval, index) => (
                <Group key={index} gap={6} wrap="nowrap">
                  <TextInput
                    type="time"
                    aria-label={t('profile.from', { day: t(`weekdays.${day}`) })}
                    value={interval.from}
                    error={Boolean(wrong)}
                    onChange={(event) => change(index, { from: event.currentTarget.value })}
                  />
                  <span aria-hidden>–</span>
                  <TextInput
                    type="time"
                    aria-label={t('profile.to', { day: t(`weekdays.${day}`) })}
                    value={interval.to}
                    error={Boolean(wrong)}
                    onChange={(event) => change(index, { to: event.currentTarget.value })}
                  />
                  <ActionIcon
                    aria-label={t('profile.removeHours', { day: t(`weekdays.${day}`) })}
                    onClick={() =>
                      set(
                        day,
                        intervals.filter((_, at) => at !== index),
                      )
                    }
                  >
                    <IconX size={14} />
                  </ActionIcon>
                </Group>
              ))}
              {wrong && (
                <Text size="xs" c="red" role="alert">
                  {t(`profile.wrong.${wrong}`)}
                </Text>
              )}
            </div>
            <Button
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              disabled={intervals.length >= 10}
              aria-label={t('profile.addHoursOn', { day: t(`weekdays.${day}`) })}
              onClick={() => set(day, [...intervals, nextInterval(intervals)])}
            >
              {t('profile.addHours')}
            </Button>
          </div>
        );
      })}
    </div>
  );
}
