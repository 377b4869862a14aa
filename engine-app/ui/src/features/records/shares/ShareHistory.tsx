import { Anchor, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { useMay } from '@/api/rights';
import { type Share, type SharedBy, SHARE_STATUSES, type ShareFilter, useShareHistory } from '@/api/shares';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { Nothing } from '../components/Panel';
import classes from './Shares.module.css';

/** Who or what shared or stopped; an automation leads to its run, for those who see automations. */
function By({ by, name }: { by: SharedBy; name: (id: number) => string }) {
  const { t } = useTranslation();
  const sees = useMay('automations', 'view');
  if (by.automation == null) return <>{by.user == null ? t('shares.byKey') : name(by.user)}</>;
  const label = by.automationName ?? t('shares.goneAutomation');
  return by.run != null && sees ? (
    <Anchor size="xs" renderRoot={(props) => <AppLink {...props} href={`/runs/${by.run}`} />}>
      {label}
    </Anchor>
  ) : (
    <>{label}</>
  );
}

function Row({ share, name }: { share: Share; name: (id: number) => string }) {
  const { t } = useTranslation();
  return (
    <li className={classes.row}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div className={classes.words}>
          <Text size="sm" fw={500}>
            {name(share.user)}
          </Text>
          <Text size="sm">
            {t(`shares.accesses.${share.access}`)} ·{' '}
            {t(`shares.lengths.${share.duration.unit}`, { count: share.duration.amount })}
          </Text>
        </div>
        <Status state={share.status} />
      </Group>
      {share.reason && (
        <Text size="sm" c="red">
          {share.reason}
        </Text>
      )}
      <dl className={classes.facts}>
        <dt>{t('shares.source')}</dt>
        <dd>
          {t(`shares.sources.${share.source}`)}: <By by={share.by} name={name} />
        </dd>
        <dt>{t('shares.start')}</dt>
        <dd>
          <Moment at={share.writtenAt ?? share.requestedAt} exact />
        </dd>
        {share.expiresAt && (
          <>
            <dt>{t('shares.plannedEnd')}</dt>
            <dd>
              <Moment at={share.expiresAt} exact />
            </dd>
          </>
        )}
        {share.endedAt && (
          <>
            <dt>{t('shares.end')}</dt>
            <dd>
              <Moment at={share.endedAt} exact />, {t(`shares.causes.${share.endCause ?? 'expired'}`)}
              {share.endedBy && (
                <>
                  {' '}
                  (<By by={share.endedBy} name={name} />)
                </>
              )}
            </dd>
          </>
        )}
      </dl>
    </li>
  );
}

function History({ opportunity }: { opportunity: number }) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<ShareFilter>({});
  const history = useShareHistory(opportunity, filter);
  const users = useUsers().data ?? [];
  const name = (id: number) => users.find((user) => user.id === id)?.name ?? `#${id}`;
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filter.user !== undefined || filter.status !== undefined;
  return (
    <Stack gap="md">
      <Group gap="xs" grow align="flex-end">
        <Select
          label={t('shares.with')}
          placeholder={t('common.all')}
          data={users.map((user) => ({ value: String(user.id), label: user.name }))}
          value={filter.user === undefined ? null : String(filter.user)}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          searchable
          onChange={(next) => setFilter({ ...filter, user: next === null ? undefined : Number(next) })}
        />
        <Select
          label={t('shares.status')}
          placeholder={t('common.all')}
          data={SHARE_STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
          value={filter.status ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          onChange={(next) =>
            setFilter({ ...filter, status: SHARE_STATUSES.find((status) => status === next) })
          }
        />
      </Group>
      {history.error ? (
        <ProblemAlert error={history.error} onRetry={() => void history.refetch()} />
      ) : history.isPending ? (
        <PageSkeleton rows={3} />
      ) : items.length === 0 ? (
        <Nothing>{t(filtered ? 'shares.noneFound' : 'shares.never')}</Nothing>
      ) : (
        <ul className={classes.rows} aria-label={t('shares.history')}>
          {items.map((share) => (
            <Row key={share.id} share={share} name={name} />
          ))}
        </ul>
      )}
      {history.hasNextPage && (
        <Button
          variant="default"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
    </Stack>
  );
}

/** With whom an opportunity is and was shared (AUT-080 to AUT-085). */
export function ShareHistory({
  opportunity,
  title,
  onClose,
}: {
  opportunity: number;
  title: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('shares.historyOf', { name: title })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <History opportunity={opportunity} />
    </Modal>
  );
}
