import { Alert, Button, Chip, Group, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { useSession } from '@/api/session';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { formatPeriod, fromLocalInput, timeZone, toLocalInput } from '@/lib/format';
import { Problem } from '@/lib/http';
import { type Appointment, isDay, useBook, useChangeAppointment, useFreeSlots } from './appointments';

const LENGTHS = ['15', '30', '45', '60', '90', '120'];

/** The day after this moment, as the reader's clock shows it. */
const tomorrow = () => toLocalInput(new Date(Date.now() + 86_400_000).toISOString()).slice(0, 10);

/** What takes the time, as the server says it to the owner; null where it says no more than that it is taken. */
function takenBy(expectation: string | undefined) {
  if (/there is an appointment then$/.test(expectation ?? '')) return { kind: 'appointment' as const };
  const calendar = /the calendar (.+) is busy then$/.exec(expectation ?? '')?.[1];
  return calendar ? { kind: 'calendar' as const, calendar } : null;
}

/** Books an appointment, or moves one: a free time is picked, or another one typed (ENG-062, ENG-067, ENG-068). */
export function AppointmentForm({
  record,
  moved,
  onDone,
}: {
  record: string;
  moved?: Appointment | undefined;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const me = useSession().data?.user.id ?? null;
  const users = useUsers().data ?? [];
  const [once, setOnce] = useState(() => crypto.randomUUID());
  const book = useBook(once);
  const change = useChangeAppointment();
  const saving = moved ? change : book;
  const lasted = moved ? (Date.parse(moved.end) - Date.parse(moved.start)) / 60_000 : 30;
  const [owner, setOwner] = useState<number | null>(moved?.owner ?? me);
  const [minutes, setMinutes] = useState(String(lasted));
  const [day, setDay] = useState(moved ? toLocalInput(moved.start).slice(0, 10) : tomorrow());
  const [time, setTime] = useState(moved ? toLocalInput(moved.start).slice(11, 16) : '');
  const [notes, setNotes] = useState('');
  useUnsaved({ owner, minutes, day, time, notes }, saving.isPending || saving.isSuccess);
  const free = useFreeSlots(owner, day, Number(minutes), moved?.id);
  // Others are not told whether somebody whom they do not reach is there at all.
  const unreached = free.error instanceof Problem && free.error.status === 404;
  const { errorOf, elsewhere } = fieldErrors(saving.error, ['start', 'minutes', 'owner', 'notes', 'confirm']);
  const clashes = violationsOf(saving.error).filter((one) => one.field === 'confirm');
  const start = fromLocalInput(`${day}T${time}`);
  const save = (confirm: boolean) => {
    if (!start || owner === null) return;
    const then = {
      onSuccess: ({ unasked }: { unasked: { calendar: string }[] }) => {
        const done = t(moved ? 'appointments.moved' : 'appointments.booked');
        const calendars = [...new Set(unasked.map((one) => one.calendar))].join(', ');
        toast(calendars ? `${done}. ${t('appointments.bookedUnasked', { calendars })}` : done);
        onDone();
      },
    };
    if (moved) {
      change.mutate({ id: moved.id, version: moved.version, start, minutes: Number(minutes), confirm }, then);
    } else {
      book.mutate({ record, owner, start, minutes: Number(minutes), notes, confirm }, then);
    }
  };
  // A clash is about the time that was sent, and a key about all that was.
  const forget = () => {
    saving.reset();
    setOnce(crypto.randomUUID());
  };
  const zone = free.data?.timeZone;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={saving.error} />}
        {!moved && (
          <Select
            label={t('appointments.owner')}
            searchable
            data={users
              .filter((user) => user.active !== false)
              .map((user) => ({ value: String(user.id), label: user.name }))}
            value={owner === null ? null : String(owner)}
            error={errorOf('owner')}
            allowDeselect={false}
            onChange={(value) => {
              forget();
              setOwner(value === null ? null : Number(value));
            }}
          />
        )}
        <Group grow align="start">
          <TextInput
            type="date"
            label={t('appointments.day')}
            value={day}
            onChange={(event) => {
              forget();
              setDay(event.currentTarget.value);
            }}
          />
          <Select
            label={t('appointments.length')}
            data={[...new Set([...LENGTHS, String(lasted)])].map((value) => ({
              value,
              label: t('appointments.minutes', { minutes: value }),
            }))}
            value={minutes}
            error={errorOf('minutes')}
            allowDeselect={false}
            onChange={(value) => {
              forget();
              setMinutes(value ?? '30');
            }}
          />
        </Group>
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('appointments.free')}
          </Text>
          {owner === null || !isDay(day) ? (
            <Text size="sm" c="dimmed">
              {t('appointments.chooseDay')}
            </Text>
          ) : unreached ? (
            <Text size="sm" c="dimmed">
              {t('appointments.unreached')}
            </Text>
          ) : free.error ? (
            <ProblemAlert error={free.error} onRetry={() => void free.refetch()} />
          ) : free.isPending ? (
            <PageSkeleton rows={1} />
          ) : (
            <Stack gap="xs">
              {zone && zone !== timeZone() && (
                <Text size="sm" c="dimmed">
                  {t('appointments.ownerZone', {
                    name: users.find((user) => user.id === owner)?.name ?? t('appointments.owner'),
                    owners: zone,
                    zone: timeZone(),
                  })}
                </Text>
              )}
              {free.data.unasked.map((one, at) => (
                <Alert
                  key={`${at} ${one.calendar}`}
                  color="yellow"
                  variant="light"
                  icon={<IconAlertTriangle size={18} />}
                >
                  {t('appointments.unasked', { calendar: one.calendar, reason: one.reason })}
                </Alert>
              ))}
              {free.data.slots.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {t(free.data.hours ? 'appointments.noneFree' : 'appointments.noHours')}
                </Text>
              ) : (
                <Chip.Group
                  value={start ?? ''}
                  onChange={(value) => {
                    forget();
                    const local = toLocalInput(value as string);
                    setDay(local.slice(0, 10));
                    setTime(local.slice(11, 16));
                  }}
                >
                  <Group gap={6} role="group" aria-label={t('appointments.free')}>
                    {free.data.slots.map((slot) => (
                      <Chip
                        key={slot.start}
                        size="xs"
                        variant="outline"
                        value={new Date(slot.start).toISOString()}
                      >
                        {toLocalInput(slot.start).slice(11, 16)}
                      </Chip>
                    ))}
                  </Group>
                </Chip.Group>
              )}
            </Stack>
          )}
        </div>
        <TextInput
          type="time"
          label={t('appointments.time')}
          description={t('appointments.timeText', { zone: timeZone() })}
          value={time}
          error={errorOf('start')}
          required
          onChange={(event) => {
            forget();
            setTime(event.currentTarget.value);
          }}
        />
        {!moved && (
          <Textarea
            label={t('appointments.notes')}
            autosize
            minRows={2}
            maxLength={5_000}
            value={notes}
            error={errorOf('notes')}
            onChange={(event) => {
              forget();
              setNotes(event.currentTarget.value);
            }}
          />
        )}
        {clashes.length > 0 && (
          <Alert color="orange" variant="light" role="alert" icon={<IconAlertTriangle size={18} />}>
            <Text size="sm" fw={600}>
              {t('appointments.clash')}
            </Text>
            {clashes.map((clash, at) => {
              const [from = '', to = ''] = (clash.value ?? '').split('/');
              const by = takenBy(clash.expectation);
              const when = formatPeriod(from, to);
              return (
                <Text key={`${at} ${clash.value}`} size="sm">
                  {by?.kind === 'appointment'
                    ? t('appointments.takenByAppointment', { when })
                    : by
                      ? t('appointments.takenByCalendar', { when, calendar: by.calendar })
                      : t('appointments.taken', { when })}
                </Text>
              );
            })}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          {clashes.length > 0 ? (
            <Button loading={saving.isPending} onClick={() => save(true)}>
              {t('appointments.allTheSame')}
            </Button>
          ) : (
            <Button type="submit" loading={saving.isPending} disabled={!start || owner === null || unreached}>
              {t(moved ? 'appointments.move' : 'appointments.book')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
