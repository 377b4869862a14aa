import {
  Alert,
  Anchor,
  Button,
  Drawer,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDownload, IconHistory, IconShieldCheck } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { ListsProblem } from '@/components/ListsProblem';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from './Section';
import { formatNumber, fromLocalInput } from '@/lib/format';
import { url } from '@/lib/http';
import {
  type AuditEntry,
  type AuditFilter,
  useAudit,
  useVerification,
  type Verification,
} from '../api/audit';
import { KINDS, useActionName } from './auditWords';

/** The start of a day of the reader's as the server wants it; the day after for the end of a span. */
function moment(day: string | undefined, after = 0): string | undefined {
  if (!day) return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(Date.UTC(year, month - 1, date + after));
  if (Number.isNaN(start.getTime())) return undefined;
  return fromLocalInput(`${start.toISOString().slice(0, 10)}T00:00`) ?? undefined;
}

function Actor({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const { kind, name, apiKey } = entry.actor;
  if (kind === 'system' && name === 'system') return <>{t('audit.system')}</>;
  return (
    <>
      {name}
      {apiKey && (
        <Text span size="xs" c="dimmed">
          {' '}
          {t('audit.byKey', { name: apiKey })}
        </Text>
      )}
    </>
  );
}

function Details({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const actionName = useActionName();
  const facts = [
    [t('audit.what'), actionName(entry.action)],
    [t('audit.subject'), `${entry.subject.name} (${entry.subject.kind} ${entry.subject.id})`],
    [t('audit.who'), <Actor key="actor" entry={entry} />],
    [t('audit.address'), entry.actor.address ?? '–'],
    [t('audit.when'), <Moment key="at" at={entry.at} exact />],
    [t('audit.number'), formatNumber(entry.id)],
  ] as const;
  return (
    <Stack gap="md">
      <Table fz="sm" aria-label={t('audit.one')}>
        <Table.Tbody>
          {facts.map(([label, value]) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" w={120}>
                {label}
              </Table.Th>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {entry.changes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('audit.noChanges')}
        </Text>
      ) : (
        <DataTable
          label={t('audit.changes')}
          items={entry.changes}
          rowKey={(change) => change.field}
          columns={[
            { key: 'field', label: t('audit.field'), cell: (change) => <code>{change.field}</code> },
            { key: 'before', label: t('audit.before'), cell: (change) => change.before ?? '–' },
            { key: 'after', label: t('audit.after'), cell: (change) => change.after ?? '–' },
          ]}
        />
      )}
    </Stack>
  );
}

function Verified({ result, onClose }: { result: Verification; onClose: () => void }) {
  const { t } = useTranslation();
  const broken = result.firstBroken ?? null;
  const state = result.intact ? 'intact' : broken === null ? 'unverified' : 'broken';
  return (
    <Alert
      color={{ intact: 'gray', unverified: 'orange', broken: 'red' }[state]}
      title={t(`audit.${state}`, { entry: formatNumber(broken ?? 0) })}
      withCloseButton
      closeButtonLabel={t('common.close')}
      onClose={onClose}
      mb="md"
      role="status"
    >
      <Stack gap={4}>
        <Text size="sm">
          {t('audit.checked', { count: result.entries, amount: formatNumber(result.entries) })}
        </Text>
        {result.reason && <Text size="sm">{t('audit.reason', { reason: result.reason })}</Text>}
        {result.unverifiable > 0 && (
          <Text size="sm">{t('audit.unverifiable', { count: result.unverifiable })}</Text>
        )}
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {t('audit.head')} <code>{result.head}</code>
        </Text>
      </Stack>
    </Alert>
  );
}

/** Who administered what: filtered, downloaded, verified. */
export function AuditScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/settings/audit' });
  const users = useUsers();
  const verification = useVerification();
  const actionName = useActionName();
  const [text, setText] = useState(search.text ?? '');
  const [wanted] = useDebouncedValue(text.trim(), 300);
  const [shown, setShown] = useState<AuditEntry | null>(null);

  const change = (next: Partial<typeof search>) =>
    void navigate({ to: '/settings/audit', search: { ...search, ...next }, replace: true });
  useEffect(() => {
    if (wanted !== (search.text ?? '')) {
      void navigate({
        to: '/settings/audit',
        search: (before) => ({ ...before, text: wanted || undefined }),
        replace: true,
      });
    }
  }, [wanted, search.text, navigate]);

  const filter: AuditFilter = {
    from: moment(search.from),
    to: moment(search.to, 1),
    user: search.user,
    action: search.kind,
    text: search.text,
  };
  const entries = useAudit(filter);
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Object.values(filter).some((value) => value !== undefined);
  return (
    <Section
      title={t('settings.pages.audit')}
      text={t('audit.about')}
      action={
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconShieldCheck size={14} />}
            loading={verification.isPending}
            onClick={() => verification.mutate()}
          >
            {t('audit.verify')}
          </Button>
          <Button
            component="a"
            href={url('/audit/download.csv', filter)}
            download
            variant="default"
            leftSection={<IconDownload size={14} />}
          >
            {t('audit.download')}
          </Button>
        </Group>
      }
    >
      {verification.error && <ProblemAlert error={verification.error} />}
      {verification.data && <Verified result={verification.data} onClose={() => verification.reset()} />}
      <SimpleGrid cols={{ base: 2, md: 5 }} spacing="xs" mb="md">
        <TextInput
          label={t('common.search')}
          placeholder={t('audit.searchText')}
          value={text}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Select
          label={t('audit.kind')}
          placeholder={t('common.all')}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          data={KINDS.map((kind) => ({ value: kind, label: t(`audit.kinds.${kind}`) }))}
          value={search.kind ?? null}
          onChange={(kind) => change({ kind: kind ?? undefined })}
        />
        <Select
          label={t('audit.who')}
          placeholder={t('common.all')}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          searchable
          data={(users.data ?? []).map((user) => ({ value: String(user.id), label: user.name }))}
          value={search.user === undefined ? null : String(search.user)}
          onChange={(user) => change({ user: user === null ? undefined : Number(user) })}
        />
        <TextInput
          type="date"
          label={t('audit.from')}
          value={search.from ?? ''}
          onChange={(event) => change({ from: event.currentTarget.value || undefined })}
        />
        <TextInput
          type="date"
          label={t('audit.to')}
          value={search.to ?? ''}
          onChange={(event) => change({ to: event.currentTarget.value || undefined })}
        />
      </SimpleGrid>
      <ListsProblem lists={[users]} />
      {entries.error ? (
        <ProblemAlert error={entries.error} onRetry={() => void entries.refetch()} />
      ) : entries.isPending ? (
        <PageSkeleton rows={6} />
      ) : items.length === 0 && !entries.hasNextPage ? (
        <EmptyState
          icon={IconHistory}
          title={t(filtered ? 'audit.nothingFound' : 'audit.empty')}
          text={t(filtered ? 'audit.nothingFoundText' : 'audit.emptyText')}
        />
      ) : (
        <DataTable
          label={t('settings.pages.audit')}
          items={items}
          rowKey={(entry) => entry.id}
          columns={[
            {
              key: 'what',
              label: t('audit.what'),
              width: 210,
              cell: (entry) => (
                <Anchor component="button" type="button" size="sm" ta="left" onClick={() => setShown(entry)}>
                  {actionName(entry.action)}
                </Anchor>
              ),
            },
            { key: 'subject', label: t('audit.subject'), cell: (entry) => entry.subject.name },
            { key: 'who', label: t('audit.who'), width: 170, cell: (entry) => <Actor entry={entry} /> },
            { key: 'address', label: t('audit.address'), width: 130, cell: (entry) => entry.actor.address },
            { key: 'when', label: t('audit.when'), width: 130, cell: (entry) => <Moment at={entry.at} /> },
          ]}
        />
      )}
      {entries.hasNextPage && (
        <Group mt="sm" gap="sm">
          <Button
            variant="default"
            loading={entries.isFetchingNextPage}
            onClick={() => void entries.fetchNextPage()}
          >
            {t(items.length === 0 ? 'audit.searchOn' : 'common.loadMore')}
          </Button>
          {items.length === 0 && <Text size="sm">{t('audit.notYet')}</Text>}
        </Group>
      )}
      <Drawer
        opened={shown !== null}
        onClose={() => setShown(null)}
        position="right"
        size={520}
        title={t('audit.one')}
        transitionProps={{ duration: 120 }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {shown && <Details entry={shown} />}
      </Drawer>
    </Section>
  );
}
