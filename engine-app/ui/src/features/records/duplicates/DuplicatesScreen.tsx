import { Alert, Badge, Button, Group, Progress, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconCopyCheck, IconInfoCircle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { comparing, type DuplicateQuestion, type SeenRule, useDuplicates } from '@/api/duplicates';
import { MERGED, type Mergeable } from '@/api/merges';
import { singular } from '@/api/records';
import { allows, useRights } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Scrolling } from '@/components/Scrolling';
import { formatNumber } from '@/lib/format';
import { DuplicateGroupCard } from './DuplicateGroupCard';
import { useRuleName } from '@/components/useRuleName';

/** What is still being compared. */
function Comparing({ rules }: { rules: SeenRule[] }) {
  const { t } = useTranslation();
  const open = rules.filter(comparing);
  if (open.length === 0) return null;
  const percent = Math.floor(open.reduce((sum, rule) => sum + (rule.percent ?? 0), 0) / open.length);
  return (
    <Alert color="gray" icon={<IconInfoCircle size={18} />} p="sm" mb="md">
      <Text size="sm">{t('duplicates.comparing', { percent: formatNumber(percent) })}</Text>
      <Progress mt={6} value={percent} aria-label={t('duplicates.progress')} />
    </Alert>
  );
}

function Groups({ entity, question }: { entity: Mergeable; question: DuplicateQuestion }) {
  const { t } = useTranslation();
  const found = useDuplicates(entity, question);
  const administrator = isAdministrator(useSession().data);
  const nameOf = useRuleName(entity);
  if (found.error && !found.data) {
    return <ProblemAlert error={found.error} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) return <PageSkeleton />;
  const rules = found.data.pages[0]?.rules ?? [];
  const groups = found.data.pages.flatMap((page) => page.items);
  const settings = administrator && (
    <Button variant="default" renderRoot={(props) => <AppLink {...props} href="/settings/duplicates" />}>
      {t('duplicates.settings')}
    </Button>
  );
  if (rules.length === 0) {
    return (
      <EmptyState icon={IconCopyCheck} title={t('duplicates.noRules')} text={t('duplicates.noRulesText')}>
        {settings}
      </EmptyState>
    );
  }
  return (
    <>
      <Comparing rules={rules} />
      {groups.length === 0 && !found.hasNextPage ? (
        <EmptyState icon={IconCopyCheck} title={t('duplicates.none')} text={t('duplicates.noneText')}>
          {settings}
        </EmptyState>
      ) : (
        <Stack gap="md">
          {groups.map((group) => {
            const rule = rules.find(({ id }) => id === group.rule);
            return (
              <DuplicateGroupCard
                // Other records are another choice.
                key={`${group.id} ${group.records.map(({ id }) => id).join()}`}
                entity={entity}
                group={group}
                why={rule ? nameOf(rule) : ''}
                mark={
                  rule && (
                    <Badge variant="default">{t(rule.sure ? 'duplicates.sure' : 'duplicates.likely')}</Badge>
                  )
                }
              />
            );
          })}
        </Stack>
      )}
      {found.isFetchNextPageError && <ProblemAlert error={found.error} mt="sm" />}
      {found.hasNextPage && (
        <Group mt="md" gap="sm">
          <Button
            variant="default"
            loading={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            {t('common.loadMore')}
          </Button>
          {groups.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('duplicates.searchOn')}
            </Text>
          )}
        </Group>
      )}
    </>
  );
}

/** Records that are likely to mean the same, to be merged or told apart. */
export function DuplicatesScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/duplicates' });
  const rights = useRights().data;
  const kinds = MERGED.filter((kind) => allows(rights, singular(kind), 'view'));
  const entity = kinds.find((kind) => kind === search.entity) ?? kinds[0] ?? 'leads';
  const question = { rule: search.rule, match: search.match };
  const rules = useDuplicates(entity, question).data?.pages[0]?.rules ?? [];
  const nameOf = useRuleName(entity);
  const set = (change: typeof search) =>
    void navigate({ to: '/duplicates', search: { ...search, ...change }, replace: true });
  return (
    <Page
      title={t('nav.duplicates')}
      tools={
        <Group gap="xs">
          <Scrolling>
            <SegmentedControl
              aria-label={t('duplicates.of')}
              value={entity}
              onChange={(next) => set({ entity: next as Mergeable, rule: undefined })}
              data={kinds.map((kind) => ({ value: kind, label: t(`nav.${kind}`) }))}
            />
          </Scrolling>
          <Scrolling>
            <SegmentedControl
              aria-label={t('duplicates.class')}
              value={search.match ?? 'all'}
              onChange={(next) => set({ match: next === 'sure' || next === 'likely' ? next : undefined })}
              data={[
                { value: 'all', label: t('common.all') },
                { value: 'sure', label: t('duplicates.sure') },
                { value: 'likely', label: t('duplicates.likely') },
              ]}
            />
          </Scrolling>
          <Select
            size="xs"
            w={240}
            clearable
            aria-label={t('duplicates.rule')}
            placeholder={t('duplicates.anyRule')}
            value={search.rule === undefined ? null : String(search.rule)}
            onChange={(next) => set({ rule: next === null ? undefined : Number(next) })}
            data={rules.map((rule) => ({ value: String(rule.id), label: nameOf(rule) }))}
          />
        </Group>
      }
    >
      <Groups key={entity} entity={entity} question={question} />
    </Page>
  );
}
