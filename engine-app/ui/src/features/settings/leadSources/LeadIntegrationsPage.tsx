import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { IconLock, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { Section } from '../components/Section';
import { type Integration, type Kind, useIntegrations } from './api';
import { IntegrationDetail } from './IntegrationDetail';
import { IntegrationForm } from './IntegrationForm';

function Overview({ items }: { items: Integration[] }) {
  const { t } = useTranslation();
  return (
    <DataTable
      label={t('settings.pages.leadIntegrations')}
      items={items}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          label: t('common.name'),
          cell: (one) => (
            <div>
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <AppLink {...props} href={`/settings/lead-integrations?integration=${one.id}`} />
                )}
              >
                {one.name}
              </Anchor>
              <Text size="xs" c="dimmed">
                {t(`leadSources.kinds.${one.kind as Kind}`)}
              </Text>
            </div>
          ),
        },
        { key: 'source', label: t('leadSources.source'), cell: (one) => one.source?.name ?? '–' },
        {
          key: 'state',
          label: t('leadSources.state'),
          width: 110,
          cell: (one) => (
            <Badge variant="dot" color={one.active ? 'green' : 'gray'}>
              {t(one.active ? 'leadSources.active' : 'leadSources.paused')}
            </Badge>
          ),
        },
        {
          key: 'received',
          label: t('leadSources.figures.received'),
          width: 110,
          numeric: true,
          cell: (one) => formatNumber(one.counts.received),
        },
        {
          key: 'created',
          label: t('leadSources.figures.created'),
          width: 120,
          numeric: true,
          cell: (one) => formatNumber(one.counts.created),
        },
        {
          key: 'refused',
          label: t('leadSources.figures.refused'),
          width: 120,
          numeric: true,
          cell: (one) =>
            one.counts.refused + one.counts.held === 0 ? (
              '0'
            ) : (
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <AppLink
                    {...props}
                    href={`/settings/lead-integrations?integration=${one.id}&tab=deliveries`}
                  />
                )}
              >
                {one.counts.refused > 0
                  ? formatNumber(one.counts.refused)
                  : t('leadSources.heldShort', { count: one.counts.held })}
              </Anchor>
            ),
        },
        {
          key: 'last',
          label: t('leadSources.last'),
          width: 130,
          cell: (one) => (one.counts.lastAt ? <Moment at={one.counts.lastAt} /> : '–'),
        },
      ]}
    />
  );
}

/** The integrations by which leads come in (LEAD-128). */
export function LeadIntegrationsPage() {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/settings/lead-integrations' });
  const integrations = useIntegrations();
  const [adding, setAdding] = useState(false);
  if (session.isPending) return <PageSkeleton />;
  if (!isAdministrator(session.data)) {
    return <EmptyState icon={IconLock} title={t('leadSources.adminsOnly')} />;
  }
  const show = (integration?: number, tab?: string) =>
    void navigate({
      to: '/settings/lead-integrations',
      search: { ...(integration === undefined ? {} : { integration }), ...(tab ? { tab } : {}) },
    });
  const one = integrations.data?.find(({ id }) => id === search.integration);
  if (one) {
    return (
      <IntegrationDetail
        key={one.id}
        one={one}
        tab={search.tab ?? 'connect'}
        onTab={(tab) => show(one.id, tab)}
        onGone={() => show()}
      />
    );
  }
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
      {t('leadSources.add')}
    </Button>
  );
  const some = integrations.data !== undefined && integrations.data.length > 0;
  return (
    <Section
      title={t('settings.pages.leadIntegrations')}
      text={t('leadSources.about.page')}
      action={some ? add : undefined}
    >
      {integrations.error && !integrations.data ? (
        <ProblemAlert error={integrations.error} onRetry={() => void integrations.refetch()} />
      ) : !integrations.data ? (
        <PageSkeleton rows={4} />
      ) : search.integration !== undefined ? (
        <EmptyState icon={IconPlugConnected} title={t('leadSources.gone')}>
          <Group>
            <Button variant="default" onClick={() => show()}>
              {t('leadSources.toAll')}
            </Button>
          </Group>
        </EmptyState>
      ) : !some ? (
        <EmptyState icon={IconPlugConnected} title={t('leadSources.none')} text={t('leadSources.noneText')}>
          {add}
        </EmptyState>
      ) : (
        <Overview items={integrations.data} />
      )}
      <FormDialog opened={adding} onClose={() => setAdding(false)} title={t('leadSources.add')}>
        {adding && (
          <IntegrationForm
            onDone={(made) => {
              setAdding(false);
              if (made) show(made.id);
            }}
          />
        )}
      </FormDialog>
    </Section>
  );
}
