import { Button, Drawer, Group, Text, TextInput } from '@mantine/core';
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconHistory,
  IconSearch,
  IconSitemap,
} from '@tabler/icons-react';
import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '@/api/getRoles';
import { useMay } from '@/api/rights';
import { EmptyState } from '@/components/EmptyState';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { formatNumber } from '@/lib/format';
import { type Place, useHierarchy } from '../api/hierarchy';
import { Section } from '../components/Section';
import { HierarchyTree } from './HierarchyTree';
import { type Asked, MoveDialog } from './MoveDialog';
import { MoveHistory } from './MoveHistory';
import { collapsedAtStart, rowsOf } from './tree';

/** Who reports to whom, to look at and to change. */
export function HierarchyPage() {
  const { t } = useTranslation();
  const help = useId();
  const hierarchy = useHierarchy();
  const roles = useRoles().data ?? [];
  const mayMove = useMay('users', 'edit');
  const [search, setSearch] = useState('');
  const [touched, setTouched] = useState<ReadonlySet<number> | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [history, setHistory] = useState<Place | 'all' | null>(null);
  const places = useMemo(() => hierarchy.data ?? [], [hierarchy.data]);
  const collapsed = useMemo(() => touched ?? collapsedAtStart(places), [touched, places]);
  const rows = useMemo(() => rowsOf(places, collapsed, search), [places, collapsed, search]);
  const roleName = (key: string) => roles.find((role) => role.key === key)?.label ?? key;
  const toggle = (id: number, open: boolean) => {
    const next = new Set(collapsed);
    if (open) next.delete(id);
    else next.add(id);
    setTouched(next);
  };
  const found = rows.filter((row) => row.found).length;

  return (
    <Section
      title={t('settings.pages.hierarchy')}
      text={t('hierarchy.what')}
      action={
        mayMove && (
          <Button variant="default" leftSection={<IconHistory size={14} />} onClick={() => setHistory('all')}>
            {t('hierarchy.history')}
          </Button>
        )
      }
    >
      {hierarchy.error ? (
        <ProblemAlert error={hierarchy.error} onRetry={() => void hierarchy.refetch()} />
      ) : hierarchy.isPending ? (
        <PageSkeleton />
      ) : (
        <>
          <Group gap="xs" mb="xs">
            <TextInput
              size="xs"
              w={{ base: '100%', xs: 260 }}
              aria-label={t('hierarchy.search')}
              placeholder={t('hierarchy.search')}
              leftSection={<IconSearch size={14} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconArrowsMaximize size={14} />}
              disabled={search.trim() !== ''}
              onClick={() => setTouched(new Set())}
            >
              {t('hierarchy.expandAll')}
            </Button>
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconArrowsMinimize size={14} />}
              disabled={search.trim() !== ''}
              onClick={() =>
                setTouched(new Set(places.filter((place) => place.below > 0).map((place) => place.id)))
              }
            >
              {t('hierarchy.collapseAll')}
            </Button>
            <Text size="xs" c="dimmed" ml="auto" role="status">
              {search.trim() === ''
                ? t('hierarchy.people', { count: places.length, amount: formatNumber(places.length) })
                : t('hierarchy.found', { count: found })}
            </Text>
          </Group>
          {mayMove && (
            <Text size="xs" c="dimmed" mb="xs" id={help} visibleFrom="xs">
              {t('hierarchy.help')}
            </Text>
          )}
          {rows.length === 0 ? (
            <EmptyState
              icon={search.trim() === '' ? IconSitemap : IconSearch}
              title={t('list.nothingFound')}
            />
          ) : (
            <HierarchyTree
              rows={rows}
              search={search.trim()}
              describedBy={mayMove ? help : undefined}
              mayMove={mayMove}
              roleName={roleName}
              onToggle={toggle}
              onMove={(place, superior) => setAsked({ place, superior })}
              onHistory={setHistory}
            />
          )}
        </>
      )}
      <MoveDialog asked={asked} places={places} onClose={() => setAsked(null)} />
      <Drawer
        opened={history !== null}
        onClose={() => setHistory(null)}
        position="right"
        size={640}
        title={
          history === null || history === 'all'
            ? t('hierarchy.history')
            : t('hierarchy.historyOf', { name: history.name })
        }
        transitionProps={{ duration: 120 }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {history !== null && <MoveHistory user={history === 'all' ? undefined : history.id} />}
      </Drawer>
    </Section>
  );
}
