import { Anchor, Button, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconPlus, IconRoute, IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type AutomationItem, useAutomations } from '@/api/getAutomations';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Scrolling } from '@/components/Scrolling';
import { Status } from '@/components/Status';
import { formatNumber } from '@/lib/format';

const STATES = ['published', 'draft', 'paused', 'waiting', 'failed'] as const;

function matches(item: AutomationItem, q: string, state: string | undefined): boolean {
  const found = `${item.name} ${item.description ?? ''} ${item.key}`.toLowerCase().includes(q.toLowerCase());
  if (!state) return found;
  if (state === 'waiting') return found && (item.figures?.waiting ?? 0) > 0;
  if (state === 'failed') return found && (item.figures?.failed ?? 0) > 0;
  return found && item.state === state;
}

/** All automations with their state and what they have done. */
export function AutomationsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { q = '', state } = useSearch({ from: '/shell/automations' });
  const automations = useAutomations();
  const items = (automations.data ?? []).filter((item) => matches(item, q, state));
  const set = (change: { q?: string | undefined; state?: string | undefined }) =>
    void navigate({
      to: '/automations',
      search: (before) => ({ ...before, ...change }),
      replace: true,
    });
  const add = useMay('automations', 'edit') && (
    <Button
      leftSection={<IconPlus size={14} />}
      renderRoot={(props) => <AppLink {...props} href="/automations/new" />}
    >
      {t('automations.add')}
    </Button>
  );
  const figure = (key: 'started' | 'waiting' | 'done' | 'failed') => ({
    key,
    label: t(`automations.figures.${key}`),
    numeric: true,
    width: 90,
    cell: (item: AutomationItem) => {
      const value = item.figures?.[key];
      if (value == null) return '';
      return key === 'failed' && value > 0 ? (
        <Anchor
          size="sm"
          c="var(--ll-bad)"
          renderRoot={(props) => (
            <AppLink {...props} href={`/automations/${item.id}?tab=runs&status=failed`} />
          )}
        >
          {formatNumber(value)}
        </Anchor>
      ) : (
        formatNumber(value)
      );
    },
  });

  return (
    <Page
      title={t('nav.automations')}
      actions={add}
      tools={
        <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', alignItems: 'center' }}>
          <TextInput
            size="xs"
            aria-label={t('automations.search')}
            placeholder={t('automations.search')}
            leftSection={<IconSearch size={14} />}
            value={q}
            onChange={(event) => set({ q: event.currentTarget.value || undefined })}
          />
          <Scrolling>
            <SegmentedControl
              aria-label={t('deliveries.status')}
              value={state ?? ''}
              onChange={(next) => set({ state: next || undefined })}
              data={[
                { value: '', label: t('common.all') },
                ...STATES.map((value) => ({ value, label: t(`automations.with.${value}`) })),
              ]}
            />
          </Scrolling>
        </div>
      }
    >
      {automations.error ? (
        <ProblemAlert error={automations.error} onRetry={() => void automations.refetch()} />
      ) : automations.isPending ? (
        <PageSkeleton />
      ) : items.length === 0 ? (
        automations.data.length === 0 ? (
          <EmptyState icon={IconRoute} title={t('automations.empty')} text={t('automations.emptyText')}>
            {add}
          </EmptyState>
        ) : (
          <EmptyState icon={IconSearch} title={t('list.nothingFound')}>
            <Button variant="default" onClick={() => set({ q: undefined, state: undefined })}>
              {t('list.showAll')}
            </Button>
          </EmptyState>
        )
      ) : (
        <DataTable
          label={t('nav.automations')}
          items={items}
          rowKey={(item) => item.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              cell: (item) => (
                <div>
                  <Anchor
                    size="sm"
                    fw={550}
                    renderRoot={(props) => <AppLink {...props} href={`/automations/${item.id}`} />}
                  >
                    {item.name}
                  </Anchor>
                  {item.draftChanged && item.publishedVersion != null && (
                    <Text span size="xs" c="dimmed">
                      {' '}
                      {t('automations.changed')}
                    </Text>
                  )}
                  {item.incident && (
                    <Text size="xs" c="var(--ll-bad)">
                      {item.incident}
                    </Text>
                  )}
                </div>
              ),
            },
            {
              key: 'state',
              label: t('automations.state'),
              width: 130,
              cell: (item) => <Status state={item.state} />,
            },
            {
              key: 'trigger',
              label: t('automations.trigger'),
              cell: (item) => item.trigger?.summary ?? item.trigger?.type,
            },
            figure('started'),
            figure('waiting'),
            figure('done'),
            figure('failed'),
            {
              key: 'updated',
              label: t('automations.updated'),
              width: 130,
              cell: (item) => <Moment at={item.updatedAt} />,
            },
          ]}
        />
      )}
    </Page>
  );
}
