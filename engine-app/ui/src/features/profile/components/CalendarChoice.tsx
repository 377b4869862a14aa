import { Alert, Button, Checkbox, Group, Radio, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCalendar, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '@/components/EmptyState';
import { LeaveGuard } from '@/components/LeaveGuard';
import { PageSkeleton } from '@/components/PageSkeleton';
import { isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDraft } from '@/lib/draft';
import {
  type OwnCalendar,
  type OwnCalendars,
  useChooseCalendars,
  useOwnCalendars,
  useRefreshCalendars,
} from '../api/integrations';
import classes from './Integrations.module.css';

const valuesOf = (calendars: OwnCalendars) => ({
  primary: calendars.calendars.find((one) => one.primary)?.id ?? null,
  conflicts: calendars.calendars
    .filter((one) => one.conflict)
    .map((one) => one.id)
    .sort((one, other) => one - other),
});

function Choice({
  calendars,
  onLoadAgain,
}: {
  calendars: OwnCalendars;
  onLoadAgain: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const choose = useChooseCalendars();
  const draft = useDraft(calendars, valuesOf);
  const { values, dirty } = draft;
  const check = (calendar: OwnCalendar, checked: boolean) =>
    draft.change({
      conflicts: (checked
        ? [...values.conflicts, calendar.id]
        : values.conflicts.filter((id) => id !== calendar.id)
      ).sort((one, other) => one - other),
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choose.mutate(
          { ...values, version: draft.version },
          {
            onSuccess: (saved) => {
              draft.take(saved);
              toast(t('common.saved'));
            },
          },
        );
      }}
    >
      <LeaveGuard dirty={dirty && !choose.isPending} />
      <Stack gap="sm">
        {choose.error && (
          <ProblemAlert
            error={choose.error}
            {...(isOutdated(choose.error) && {
              onRetry: () => {
                choose.reset();
                void onLoadAgain();
              },
              retry: t('integrations.loadAgain'),
            })}
          />
        )}
        {!calendars.calendars.some((one) => one.primary) && (
          <Alert color="orange" variant="light" icon={<IconAlertTriangle size={18} />}>
            {t('integrations.nonePrimary')}
          </Alert>
        )}
        <Table verticalSpacing="xs" layout="fixed" aria-label={t('integrations.calendars')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('integrations.calendar')}</Table.Th>
              <Table.Th className={classes.mark}>{t('integrations.conflict')}</Table.Th>
              <Table.Th className={classes.mark}>{t('integrations.primary')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {calendars.calendars.map((calendar) => (
              <Table.Tr key={calendar.id}>
                <Table.Td className={classes.name}>
                  <Text size="sm">{calendar.name}</Text>
                  <Text size="xs" c="dimmed">
                    {calendar.account}
                    {!calendar.writable && ` · ${t('integrations.readOnly')}`}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={t('integrations.conflictOf', { name: calendar.name })}
                    checked={values.conflicts.includes(calendar.id)}
                    onChange={(event) => check(calendar, event.currentTarget.checked)}
                  />
                </Table.Td>
                <Table.Td>
                  <Radio
                    name="primary"
                    aria-label={t('integrations.primaryOf', { name: calendar.name })}
                    checked={values.primary === calendar.id}
                    disabled={!calendar.writable}
                    onChange={() => draft.change({ primary: calendar.id })}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button type="submit" loading={choose.isPending} disabled={!dirty}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Which calendars block, and which one appointments are written to (SET-045 to SET-047). */
export function CalendarChoice() {
  const { t } = useTranslation();
  const calendars = useOwnCalendars();
  const refresh = useRefreshCalendars();
  const untold = Object.values(calendars.data?.untold ?? {});
  return (
    <section aria-label={t('integrations.calendars')}>
      <Group justify="space-between" align="start" mb="xs">
        <div className={classes.words}>
          <Title order={2}>{t('integrations.calendars')}</Title>
          <Text size="sm" c="dimmed">
            {t('integrations.calendarsText')}
          </Text>
        </div>
        {calendars.data?.connected && (
          <Button
            variant="default"
            leftSection={<IconRefresh size={14} />}
            loading={refresh.isPending}
            onClick={() => refresh.mutate()}
          >
            {t('integrations.refresh')}
          </Button>
        )}
      </Group>
      {calendars.error && !calendars.data ? (
        <ProblemAlert error={calendars.error} onRetry={() => void calendars.refetch()} />
      ) : !calendars.data ? (
        <PageSkeleton rows={3} />
      ) : !calendars.data.connected ? (
        <EmptyState
          icon={IconCalendar}
          title={t('integrations.noCalendars')}
          text={t('integrations.noCalendarsText')}
        />
      ) : (
        <Stack gap="sm">
          {refresh.error && <ProblemAlert error={refresh.error} onRetry={() => refresh.mutate()} />}
          {untold.map((reason) => (
            <Alert key={reason} color="yellow" variant="light" icon={<IconAlertTriangle size={18} />}>
              {reason}
            </Alert>
          ))}
          {calendars.data.calendars.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('integrations.noneFound')}
            </Text>
          ) : (
            <Choice
              // What was chosen elsewhere, or found now, begins a form of its own.
              key={calendars.data.version}
              calendars={calendars.data}
              onLoadAgain={() => calendars.refetch()}
            />
          )}
        </Stack>
      )}
    </section>
  );
}
