import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconApi, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { isAdministrator, useSession } from '@/api/session';
import { fromLocalInput } from '@/lib/format';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { Status } from '@/components/Status';
import { useUnsaved } from '@/components/unsaved';
import {
  type ApiKey,
  type MadeKey,
  SCOPES,
  useApiKeys,
  useMakeApiKey,
  useRevokeApiKey,
} from '../api/apiKeys';
import { Section } from './Section';

function Part({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Code style={{ overflowWrap: 'anywhere', flex: 1 }}>{value}</Code>
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy} aria-label={t('apiKeys.copyOne', { what: label })}>
              {t(copied ? 'common.copied' : 'common.copy')}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}

function KeyForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const make = useMakeApiKey();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [until, setUntil] = useState('');
  const [made, setMade] = useState<MadeKey | null>(null);
  useUnsaved({ name, scopes, until }, make.isPending || made !== null);
  const { errorOf, elsewhere } = fieldErrors(make.error, ['name', 'scopes', 'expiresAt']);
  if (made) {
    return (
      <Stack gap="sm">
        <Alert color="yellow" title={t('apiKeys.onceTitle')}>
          {t('apiKeys.once')}
        </Alert>
        <Part label={t('apiKeys.accessKey')} value={made.accessKey} />
        <Part label={t('apiKeys.secret')} value={made.secret} />
        <Text size="xs" c="dimmed">
          <Trans i18nKey="apiKeys.how" components={{ code: <Code fz="xs" /> }} />
        </Text>
        <Text size="xs" c="dimmed">
          <Trans i18nKey="apiKeys.token" components={{ code: <Code fz="xs" /> }} />
        </Text>
        <Group justify="flex-end">
          <Button onClick={onDone}>{t('apiKeys.noted')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const end = until ? fromLocalInput(`${until}T23:59`) : null;
        make.mutate({ name: name.trim(), scopes, expiresAt: end }, { onSuccess: setMade });
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={make.error} />}
        <TextInput
          label={t('common.name')}
          description={t('apiKeys.nameText')}
          value={name}
          error={errorOf('name')}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          data-autofocus
        />
        <Checkbox.Group
          label={t('apiKeys.scopes')}
          description={t('apiKeys.scopesText')}
          error={errorOf('scopes')}
          value={scopes}
          onChange={setScopes}
        >
          <Stack gap={6} mt={6}>
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`apiKeys.scope.${scope}`)}
                description={t(`apiKeys.scopeText.${scope}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <TextInput
          type="date"
          label={t('apiKeys.until')}
          description={t('apiKeys.untilText')}
          value={until}
          error={errorOf('expiresAt')}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending} disabled={scopes.length === 0}>
            {t('common.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The keys by which programs act for a person: one's own, and for administrators those of everybody. */
export function ApiKeysPage() {
  const { t, i18n } = useTranslation();
  const administrator = isAdministrator(useSession().data);
  const [all, setAll] = useState(false);
  const keys = useApiKeys(all);
  const revoke = useRevokeApiKey();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const items = keys.data?.pages.flatMap((page) => page.items) ?? [];
  const scopeName = (scope: string) =>
    i18n.exists(`apiKeys.scope.${scope}`) ? t(`apiKeys.scope.${scope as 'read'}`) : scope;
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
      {t('apiKeys.add')}
    </Button>
  );
  return (
    <Section
      title={t('settings.pages.apiKeys')}
      text={t('apiKeys.what')}
      action={(items.length > 0 || all) && add}
    >
      {administrator && (
        <SegmentedControl
          mb="md"
          aria-label={t('apiKeys.whose')}
          value={all ? 'all' : 'mine'}
          onChange={(value) => setAll(value === 'all')}
          data={[
            { value: 'mine', label: t('apiKeys.mine') },
            { value: 'all', label: t('apiKeys.all') },
          ]}
        />
      )}
      {keys.error ? (
        <ProblemAlert error={keys.error} onRetry={() => void keys.refetch()} />
      ) : keys.isPending ? (
        <PageSkeleton rows={3} />
      ) : items.length === 0 ? (
        <EmptyState icon={IconApi} title={t('apiKeys.empty')} text={t('apiKeys.emptyText')}>
          {!all && add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('settings.pages.apiKeys')}
          items={items}
          rowKey={(key) => key.id}
          columns={[
            { key: 'name', label: t('common.name'), cell: (key) => key.name },
            {
              key: 'access',
              label: t('apiKeys.accessKey'),
              width: 250,
              cell: (key) => <Code>{key.accessKey}</Code>,
            },
            ...(all ? [{ key: 'user', label: t('apiKeys.user'), cell: (key: ApiKey) => key.user.name }] : []),
            {
              key: 'scopes',
              label: t('apiKeys.scopes'),
              cell: (key) => key.scopes.map(scopeName).join(', '),
            },
            {
              key: 'state',
              label: t('apiKeys.state'),
              width: 110,
              cell: (key) => <Status state={key.state} />,
            },
            {
              key: 'used',
              label: t('apiKeys.used'),
              width: 120,
              cell: (key) => (key.lastUsedAt ? <Moment at={key.lastUsedAt} /> : t('apiKeys.never')),
            },
            {
              key: 'actions',
              label: '',
              width: 100,
              cell: (key) =>
                key.state === 'active' && (
                  <Button variant="subtle" color="red" onClick={() => setRevoking(key)}>
                    {t('apiKeys.revoke')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {keys.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={keys.isFetchingNextPage}
          onClick={() => void keys.fetchNextPage()}
        >
          {t('common.loadMore')}
        </Button>
      )}
      <FormDialog
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('apiKeys.add')}
        closeOnClickOutside={false}
      >
        {adding && <KeyForm onDone={() => setAdding(false)} />}
      </FormDialog>
      <RemovalDialog
        what={revoking?.id ?? null}
        removal={revoke}
        title={t('apiKeys.revokeTitle', { name: revoking?.name ?? '' })}
        confirm={t('apiKeys.revoke')}
        onClose={() => setRevoking(null)}
      >
        {t('apiKeys.revokeText')}
      </RemovalDialog>
    </Section>
  );
}
