import { ActionIcon, Badge, Button, Group, Menu, Text } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { formatMoment, formatPeriod } from '@/lib/format';
import { Nothing, Panel } from '../components/Panel';
import classes from '../components/Panels.module.css';
import { AppointmentForm } from './AppointmentForm';
import {
  type Appointment,
  isStatus,
  OFFERED,
  useAppointments,
  useChangeAppointment,
  useDeleteAppointment,
} from './appointments';

/** The colours of statuses (ENG-060). */
const COLORS: Record<string, string> = {
  new: 'yellow',
  confirmed: 'blue',
  showed: 'green',
  'no-show': 'orange',
  cancelled: 'gray',
  invalid: 'red',
};

function Line({
  appointment,
  onMove,
  onDelete,
}: {
  appointment: Appointment;
  onMove: () => void;
  onDelete: () => void;
}) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const change = useChangeAppointment();
  const [opened, setOpened] = useState(0);
  const begun = Date.parse(appointment.start) <= opened;
  const when = formatMoment(appointment.start);
  const whyNot = (status: (typeof OFFERED)[number]) =>
    status === appointment.status
      ? ('already' as const)
      : !begun && (status === 'showed' || status === 'no-show')
        ? ('tooEarly' as const)
        : null;
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="start" gap="xs">
        <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          <Text size="sm">{formatPeriod(appointment.start, appointment.end)}</Text>
          <Group gap={6}>
            <Badge size="sm" variant="dot" color={COLORS[appointment.status] ?? 'gray'}>
              {isStatus(appointment.status)
                ? t(`appointments.statuses.${appointment.status}`)
                : appointment.status}
            </Badge>
            <Text size="xs" c="dimmed">
              {appointment.ownerName}
            </Text>
          </Group>
          {appointment.notes && (
            <Text size="xs" style={{ whiteSpace: 'pre-wrap' }}>
              {appointment.notes}
            </Text>
          )}
          {(appointment.entry === 'waiting' || appointment.entry === 'failing') && (
            <Text size="xs" c={appointment.entry === 'failing' ? 'red' : 'dimmed'}>
              {t(`appointments.entry.${appointment.entry}`)}
              {appointment.problem && ` ${appointment.problem}`}
            </Text>
          )}
        </div>
        <Menu position="bottom-end" withinPortal onOpen={() => setOpened(Date.now())}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              loading={change.isPending}
              aria-label={t('appointments.actionsOf', { when })}
            >
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onMove}>{t('appointments.reschedule')}</Menu.Item>
            {OFFERED.map((status) => ({ status, why: whyNot(status) })).map(({ status, why }) => (
              <Menu.Item
                key={status}
                disabled={why !== null}
                onClick={() =>
                  change.mutate(
                    { id: appointment.id, version: appointment.version, status },
                    { onError: (error) => toast(problemText(error), { kind: 'bad' }) },
                  )
                }
              >
                {t(`appointments.statuses.${status}`)}
                {why !== null && <Text size="xs">{t(`appointments.whyNot.${why}`)}</Text>}
              </Menu.Item>
            ))}
            <Menu.Item color="red" onClick={onDelete}>
              {t('common.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    </li>
  );
}

/** The appointments with a lead or contact (ENG-062 to ENG-069). */
export function AppointmentsPanel({ record }: { record: string }) {
  const { t } = useTranslation();
  const appointments = useAppointments(record);
  const remove = useDeleteAppointment();
  const [form, setForm] = useState<Appointment | 'new' | null>(null);
  const [gone, setGone] = useState<Appointment | null>(null);
  const items = appointments.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel
      title={t('appointments.title')}
      action={
        <ActionIcon aria-label={t('appointments.add')} onClick={() => setForm('new')}>
          <IconPlus size={16} />
        </ActionIcon>
      }
    >
      {appointments.error && !appointments.data ? (
        <ProblemAlert error={appointments.error} onRetry={() => void appointments.refetch()} />
      ) : appointments.isPending ? (
        <PageSkeleton rows={1} />
      ) : items.length === 0 ? (
        <Nothing>{t('appointments.none')}</Nothing>
      ) : (
        <ul className={classes.plain}>
          {items.map((appointment) => (
            <Line
              key={appointment.id}
              appointment={appointment}
              onMove={() => setForm(appointment)}
              onDelete={() => setGone(appointment)}
            />
          ))}
        </ul>
      )}
      {appointments.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          mt={6}
          loading={appointments.isFetchingNextPage}
          onClick={() => void appointments.fetchNextPage()}
        >
          {t('appointments.earlier')}
        </Button>
      )}
      <FormDialog
        opened={form !== null}
        onClose={() => setForm(null)}
        title={t(form === 'new' ? 'appointments.add' : 'appointments.reschedule')}
      >
        {form !== null && (
          <AppointmentForm
            record={record}
            moved={form === 'new' ? undefined : form}
            onDone={() => setForm(null)}
          />
        )}
      </FormDialog>
      <RemovalDialog
        what={gone?.id ?? null}
        removal={remove}
        title={t('appointments.deleteTitle')}
        confirm={t('common.delete')}
        onClose={() => setGone(null)}
      >
        {t('appointments.deleteText')}
      </RemovalDialog>
    </Panel>
  );
}
