import { Alert, Button, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type User, useUsers } from '@/api/getUsers';
import { ListsProblem } from '@/components/ListsProblem';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useUnsaved } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import {
  type HandOver,
  KINDS,
  useCancelHandOver,
  useHandOvers,
  useHoldings,
  useOrderHandOver,
} from '../api/handOvers';

/** What a user owns goes to another: asks who takes over, then shows how far it is. */
export function HandOverForm({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const everybody = useUsers();
  const users = everybody.data ?? [];
  const holdings = useHoldings(user.id);
  const handOvers = useHandOvers(user.id);
  const order = useOrderHandOver(user.id);
  const [to, setTo] = useState<string | null>(null);
  useUnsaved(to, order.isPending || order.isSuccess);
  const latest = handOvers.data?.[0];
  const running = latest?.status === 'running';

  useEffect(() => {
    // What is owned has changed once a job is over.
    if (!running) void client.invalidateQueries({ queryKey: ['holdings', user.id] });
  }, [client, running, user.id]);

  const failed = holdings.error ?? handOvers.error;
  if (failed) {
    return (
      <ProblemAlert
        error={failed}
        onRetry={() => void Promise.all([holdings.refetch(), handOvers.refetch()])}
      />
    );
  }
  if (!holdings.data || !handOvers.data) return <PageSkeleton />;
  const counts = holdings.data;
  const owned = KINDS.filter((kind) => (counts[kind] ?? 0) > 0);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (to !== null) order.mutate(Number(to));
      }}
    >
      <Stack gap="md">
        {latest && (
          <Job user={user} job={latest} taker={users.find((other) => other.id === latest.to)?.name} />
        )}
        {owned.length === 0 ? (
          !latest && <Text size="sm">{t('settings.handOver.nothing', { name: user.name })}</Text>
        ) : (
          <Text size="sm">
            {t('settings.handOver.owns', {
              name: user.name,
              what: owned
                .map((kind) => t(`settings.handOver.kinds.${kind}`, { count: counts[kind] ?? 0 }))
                .join(', '),
            })}
          </Text>
        )}
        {user.active === false && (counts.appointment ?? 0) > 0 && (
          <Text size="sm" c="dimmed">
            {t('settings.handOver.calendars', { name: user.name })}
          </Text>
        )}
        {order.error && <ProblemAlert error={order.error} />}
        <ListsProblem lists={[everybody]} />
        {owned.length > 0 && !running && (
          <Select
            label={t('settings.handOver.to')}
            data={users
              .filter((other) => other.id !== user.id && other.active !== false)
              .map((other) => ({ value: String(other.id), label: other.name }))}
            value={to}
            onChange={setTo}
            searchable
            required
            data-autofocus
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t(owned.length > 0 && !running ? 'settings.handOver.later' : 'common.close')}
          </Button>
          {owned.length > 0 && !running && (
            <Button type="submit" disabled={to === null} loading={order.isPending}>
              {t('settings.handOver.start')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

/** How far a hand-over is. */
function Job({ user, job, taker }: { user: User; job: HandOver; taker: string | undefined }) {
  const { t } = useTranslation();
  const cancel = useCancelHandOver(user.id);
  const running = job.status === 'running';
  const state = t(`settings.handOver.states.${job.status}`, {
    name: taker ?? String(job.to),
    done: formatNumber(job.done),
    total: formatNumber(job.total),
  });
  return (
    <Stack gap={6} role="status">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" fw={500}>
          {state}
        </Text>
        {running && (
          <Button
            size="compact-xs"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(job.id)}
          >
            {t('common.cancel')}
          </Button>
        )}
      </Group>
      {running && (
        <Progress value={job.total === 0 ? 100 : (100 * job.done) / job.total} aria-label={state} />
      )}
      {cancel.error && <ProblemAlert error={cancel.error} />}
      {job.leftOut > 0 && (
        <Alert color="yellow" p="xs">
          {t('settings.handOver.leftOut', { count: job.leftOut, problem: job.problem })}
        </Alert>
      )}
    </Stack>
  );
}
