import { Alert, Badge, Button, Group, List, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconInbox, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { DataTable } from '@/components/DataTable';
import { toast } from '@/components/toasts';
import {
  type Delivery,
  type Integration,
  useDeliveries,
  useForgetDelivery,
  useTryAgain,
  useTryAllAgain,
} from './api';
import classes from './LeadSources.module.css';

const STATES = ['created', 'updated', 'unchanged', 'refused', 'held', 'waiting', 'test'] as const;
type State = (typeof STATES)[number];
const COLOURS: Record<string, string> = {
  created: 'green',
  updated: 'blue',
  refused: 'red',
  held: 'yellow',
  waiting: 'cyan',
};

const isOpen = ({ state, raw }: Delivery) => (state === 'refused' || state === 'held') && !raw;

/** What a delivery has brought, and what was wrong with it. */
function Brought({ one }: { one: Delivery }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      {one.problems.length > 0 && (
        <Alert
          color={one.state === 'waiting' ? 'yellow' : 'red'}
          variant="light"
          icon={<IconAlertTriangle size={18} />}
        >
          <List size="sm">
            {one.problems.map(({ field, value, expectation }, index) => (
              <List.Item key={`${field} ${String(index)}`}>
                {value
                  ? t('leadSources.problemWith', { field, value, expectation })
                  : t('leadSources.problem', { field, expectation })}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {one.raw ? (
        <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} ff="monospace">
          {one.raw}
        </Text>
      ) : (
        <dl className={classes.values}>
          {Object.entries(one.values).map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Stack>
  );
}

/** What came in through an integration, and what was made of it. */
export function DeliveryLog({ one }: { one: Integration }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [state, setState] = useState<State | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const [gone, setGone] = useState<Delivery | null>(null);
  const deliveries = useDeliveries(one.id, state);
  const again = useTryAgain(one.id);
  const all = useTryAllAgain(one.id);
  const forget = useForgetDelivery(one.id);
  if (deliveries.error && !deliveries.data) {
    return <ProblemAlert error={deliveries.error} onRetry={() => void deliveries.refetch()} />;
  }
  if (!deliveries.data) return <PageSkeleton rows={5} />;
  const items = deliveries.data.pages.flatMap((page) => page.items);
  const looked = items.find(({ id }) => id === shown) ?? null;
  const bad = (error: Error) => toast(problemText(error), { kind: 'bad' });
  const retry = (delivery: Delivery) =>
    again.mutate(delivery.id, {
      onSuccess: (after) =>
        toast(
          after.state === 'refused'
            ? t('leadSources.refusedAgain')
            : t('leadSources.nowIs', { state: t(`leadSources.states.${after.state as State}`) }),
          after.state === 'refused' ? { kind: 'bad' } : {},
        ),
      onError: bad,
    });
  const many = [['refused', one.counts.refused] as const, ['held', one.counts.held] as const].filter(
    ([, count]) => count > 0,
  );
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="end">
        <Select
          label={t('leadSources.show')}
          value={state}
          placeholder={t('common.all')}
          clearable
          w={220}
          data={STATES.map((value) => ({ value, label: t(`leadSources.states.${value}`) }))}
          onChange={(next) => setState(next as State | null)}
        />
        <Group gap="xs">
          {many.map(([which, count]) => (
            <Button
              key={which}
              variant="default"
              leftSection={<IconRefresh size={14} />}
              disabled={!one.active}
              loading={all.isPending}
              onClick={() =>
                all.mutate(which, {
                  onSuccess: (ordered) => toast(t('leadSources.goesOn', { count: ordered.count })),
                  onError: bad,
                })
              }
            >
              {t(`leadSources.allAgain.${which}`, { count })}
            </Button>
          ))}
        </Group>
      </Group>
      {items.length === 0 ? (
        <EmptyState
          icon={IconInbox}
          title={t(state ? 'leadSources.noneSuch' : 'leadSources.nothingYet')}
          text={state ? undefined : t('leadSources.nothingYetText')}
        />
      ) : (
        <DataTable
          label={t('leadSources.deliveries')}
          items={items}
          rowKey={({ id }) => id}
          columns={[
            {
              key: 'at',
              label: t('leadSources.receivedAt'),
              width: 130,
              cell: ({ receivedAt }) => <Moment at={receivedAt} />,
            },
            {
              key: 'state',
              label: t('leadSources.state'),
              width: 160,
              cell: (delivery) => (
                <Badge variant="dot" color={COLOURS[delivery.state] ?? 'gray'}>
                  {t(`leadSources.states.${delivery.state as State}`)}
                </Badge>
              ),
            },
            {
              key: 'what',
              label: t('leadSources.what'),
              cell: (delivery) => (
                <Text size="sm" lineClamp={2} style={{ overflowWrap: 'anywhere' }}>
                  {delivery.problems[0]
                    ? `${delivery.problems[0].field}: ${delivery.problems[0].expectation}`
                    : (delivery.raw ?? Object.values(delivery.values).filter(Boolean).join(' · '))}
                </Text>
              ),
            },
            {
              key: 'actions',
              label: '',
              width: 270,
              cell: (delivery) => (
                <Group gap={4} wrap="nowrap" justify="flex-end">
                  {delivery.lead && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      renderRoot={(props) => <AppLink {...props} href={`/leads/${delivery.lead ?? 0}`} />}
                    >
                      {t('leadSources.lead')}
                    </Button>
                  )}
                  {isOpen(delivery) && one.active && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      loading={again.isPending && again.variables === delivery.id}
                      onClick={() => retry(delivery)}
                    >
                      {t('common.retry')}
                    </Button>
                  )}
                  <Button size="compact-sm" variant="subtle" onClick={() => setShown(delivery.id)}>
                    {t('leadSources.look')}
                  </Button>
                </Group>
              ),
            },
          ]}
        />
      )}
      {deliveries.hasNextPage && (
        <Button
          variant="default"
          loading={deliveries.isFetchingNextPage}
          onClick={() => void deliveries.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
      <Text size="xs" c="dimmed">
        {t('leadSources.kept')}
      </Text>
      <FormDialog
        opened={looked !== null}
        onClose={() => setShown(null)}
        title={t('leadSources.delivery', { id: looked?.id ?? '' })}
        size="lg"
      >
        {looked && (
          <Stack gap="md">
            <Brought one={looked} />
            <Group justify="space-between">
              <Button
                variant="subtle"
                color="red"
                onClick={() => {
                  setGone(looked);
                  setShown(null);
                }}
              >
                {t('leadSources.forget')}
              </Button>
              {isOpen(looked) && one.active && (
                <Button loading={again.isPending} onClick={() => retry(looked)}>
                  {t('common.retry')}
                </Button>
              )}
            </Group>
          </Stack>
        )}
      </FormDialog>
      <RemovalDialog
        what={gone === null ? null : gone.id}
        removal={forget}
        title={t('leadSources.forgetTitle')}
        confirm={t('leadSources.forget')}
        onClose={() => setGone(null)}
      >
        {t('leadSources.forgetText')}
      </RemovalDialog>
    </Stack>
  );
}
