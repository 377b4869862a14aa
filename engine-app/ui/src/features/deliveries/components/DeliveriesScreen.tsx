import { Anchor, Button, Code, Drawer, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plural } from '@/api/records';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { Scrolling } from '@/components/Scrolling';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { type DeliveryItem, useDeliveries, useDelivery, useDeliveryAction } from '../api/getDeliveries';

const STATUSES = ['pending', 'sending', 'delivered', 'failed', 'cancelled'] as const;

function pretty(body: unknown): string {
  if (typeof body !== 'string') return JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function useChannelName(): (channel: string) => string {
  const { t, i18n } = useTranslation();
  return (channel) =>
    i18n.exists(`deliveries.channels.${channel}`) ? t(`deliveries.channels.${channel as 'email'}`) : channel;
}

/** The record that a delivery is about, by its kind and number. */
function RecordLink({ about }: { about: string | null | undefined }) {
  const { t, i18n } = useTranslation();
  const [kind = '', id] = about?.split('/') ?? [];
  const entity = plural(kind);
  if (!entity || !id) return <>{about}</>;
  const name = i18n.exists(`entities.${kind}`) ? t(`entities.${kind as 'lead'}`) : kind;
  return (
    <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/${entity}/${id}`} />}>
      {name} {id}
    </Anchor>
  );
}

function Details({ id }: { id: number }) {
  const { t } = useTranslation();
  const delivery = useDelivery(id);
  const channelName = useChannelName();
  if (delivery.error) return <ProblemAlert error={delivery.error} onRetry={() => void delivery.refetch()} />;
  if (!delivery.data) return <Skeleton h={200} />;
  const { status, attempts, maxAttempts, error, body, response, key, dueAt, createdAt } = delivery.data;
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Status state={status} />
        <Text size="sm">{t('deliveries.attempts', { made: attempts ?? 0, most: maxAttempts ?? '–' })}</Text>
        {dueAt && status === 'pending' && (
          <Text size="sm" c="dimmed">
            {t('deliveries.next')} <Moment at={dueAt} />
          </Text>
        )}
      </Group>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {channelName(delivery.data.channel)} · {delivery.data.to}
      </Text>
      <Text size="sm" c="dimmed">
        <RecordLink about={delivery.data.ref} /> · <Moment at={createdAt} />
      </Text>
      {error && (
        <Text size="sm" c="var(--ll-bad)">
          {error}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t('deliveries.key')}: <Code>{key}</Code>
      </Text>
      <Text size="sm" fw={600}>
        {t('deliveries.body')}
      </Text>
      <Code block>{pretty(body)}</Code>
      {response != null && (
        <>
          <Text size="sm" fw={600}>
            {t('deliveries.response')}
          </Text>
          <Code block>{pretty(response)}</Code>
        </>
      )}
    </Stack>
  );
}

/** What was sent to the outside, what waits, what failed. */
export function DeliveriesScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { status } = useSearch({ from: '/shell/deliveries' });
  const mayEdit = useMay('deliveries', 'edit');
  const deliveries = useDeliveries(status);
  const action = useDeliveryAction();
  const channelName = useChannelName();
  const [shown, setShown] = useState<number | null>(null);
  const items = deliveries.data?.pages.flatMap((page) => page.items) ?? [];

  const run = (item: DeliveryItem, what: 'replay' | 'cancel') =>
    action.mutate(
      { id: item.id, action: what },
      {
        onSuccess: () => toast(t(`deliveries.did.${what}`)),
        onError: (error) => toast(problemText(error), { kind: 'bad' }),
      },
    );

  return (
    <Page
      title={t('nav.deliveries')}
      tools={
        <Scrolling>
          <SegmentedControl
            aria-label={t('deliveries.status')}
            value={status ?? ''}
            onChange={(next) => void navigate({ to: '/deliveries', search: next ? { status: next } : {} })}
            data={[
              { value: '', label: t('common.all') },
              ...STATUSES.map((value) => ({ value, label: t(`states.${value}`) })),
            ]}
          />
        </Scrolling>
      }
    >
      {deliveries.error && (
        <ProblemAlert error={deliveries.error} onRetry={() => void deliveries.refetch()} />
      )}
      {deliveries.isPending ? (
        <PageSkeleton />
      ) : items.length === 0 && !deliveries.error ? (
        <EmptyState icon={IconSend} title={t('deliveries.empty')} text={t('deliveries.emptyText')} />
      ) : (
        <>
          <DataTable
            label={t('nav.deliveries')}
            items={items}
            rowKey={(item) => item.id}
            columns={[
              {
                key: 'to',
                label: t('deliveries.to'),
                cell: (item) => (
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ta="left"
                    onClick={() => setShown(item.id)}
                  >
                    {item.to ?? item.key}
                  </Anchor>
                ),
              },
              {
                key: 'channel',
                label: t('deliveries.channel'),
                cell: (item) => channelName(item.channel),
                width: 100,
              },
              {
                key: 'record',
                label: t('deliveries.record'),
                width: 110,
                cell: (item) => <RecordLink about={item.ref} />,
              },
              {
                key: 'status',
                label: t('deliveries.status'),
                width: 130,
                cell: (item) => <Status state={item.status} />,
              },
              { key: 'error', label: t('deliveries.problem'), cell: (item) => item.error },
              {
                key: 'created',
                label: t('deliveries.created'),
                width: 130,
                cell: (item) => <Moment at={item.createdAt} />,
              },
              {
                key: 'actions',
                label: '',
                width: 110,
                cell: (item) =>
                  !mayEdit ? null : item.status === 'pending' ? (
                    <Button variant="subtle" onClick={() => run(item, 'cancel')}>
                      {t('common.cancel')}
                    </Button>
                  ) : item.status === 'failed' || item.status === 'cancelled' ? (
                    <Button variant="subtle" onClick={() => run(item, 'replay')}>
                      {t('deliveries.replay')}
                    </Button>
                  ) : null,
              },
            ]}
          />
          {deliveries.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={deliveries.isFetchingNextPage}
              onClick={() => void deliveries.fetchNextPage()}
            >
              {t('common.loadMore')}
            </Button>
          )}
        </>
      )}
      <Drawer
        opened={shown !== null}
        onClose={() => setShown(null)}
        position="right"
        size={520}
        title={t('deliveries.one')}
        transitionProps={{ duration: 120 }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown !== null && <Details id={shown} />}
      </Drawer>
    </Page>
  );
}
