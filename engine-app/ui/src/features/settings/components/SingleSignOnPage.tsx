import { Anchor, Button, Text } from '@mantine/core';
import { IconLogin2, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '@/api/getRoles';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { Status } from '@/components/Status';
import { type SignOnProvider, useDeleteProvider, useSignOnProviders } from '../api/singleSignOn';
import { ProviderForm } from './ProviderForm';
import { Section } from './Section';

/** Administration > single sign-on: the providers of OpenID Connect that people sign in with. */
export function SingleSignOnPage() {
  const { t } = useTranslation();
  const providers = useSignOnProviders();
  const roles = useRoles().data ?? [];
  const removal = useDeleteProvider();
  const [editing, setEditing] = useState<number | 'new' | null>(null);
  /** How often the open form has begun anew. */
  const [reads, setReads] = useState(0);
  const [removing, setRemoving] = useState<SignOnProvider | null>(null);
  const items = providers.data?.items ?? [];
  const edited = items.find((provider) => provider.id === editing);
  const close = () => setEditing(null);
  const add = (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
      {t('settings.singleSignOn.add')}
    </Button>
  );

  return (
    <Section
      title={t('settings.pages.singleSignOn')}
      text={t('settings.singleSignOn.what')}
      action={items.length > 0 && add}
    >
      {providers.error ? (
        <ProblemAlert error={providers.error} onRetry={() => void providers.refetch()} />
      ) : providers.isPending ? (
        <PageSkeleton rows={3} />
      ) : items.length === 0 ? (
        <EmptyState
          icon={IconLogin2}
          title={t('settings.singleSignOn.empty')}
          text={t('settings.singleSignOn.emptyText')}
        >
          {add}
        </EmptyState>
      ) : (
        <DataTable
          label={t('settings.pages.singleSignOn')}
          items={items}
          rowKey={(provider) => provider.id}
          columns={[
            {
              key: 'name',
              label: t('common.name'),
              cell: (provider) => (
                <div>
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ta="start"
                    onClick={() => setEditing(provider.id)}
                  >
                    {provider.name}
                  </Anchor>
                  <Text size="xs" c="dimmed" truncate>
                    {provider.issuer}
                  </Text>
                </div>
              ),
            },
            {
              key: 'unknown',
              label: t('settings.singleSignOn.newcomers'),
              cell: (provider) =>
                provider.newcomers
                  ? t('settings.singleSignOn.become', {
                      role:
                        roles.find((role) => role.key === provider.newcomers)?.label ?? provider.newcomers,
                    })
                  : t('settings.singleSignOn.refuse'),
            },
            {
              key: 'domains',
              label: t('settings.singleSignOn.domains'),
              cell: (provider) =>
                provider.domains.length > 0 ? provider.domains.join(', ') : t('common.all'),
            },
            {
              key: 'people',
              label: t('settings.singleSignOn.people'),
              width: 90,
              cell: (provider) => provider.people,
            },
            {
              key: 'state',
              label: t('apiKeys.state'),
              width: 110,
              cell: (provider) => <Status state={provider.active ? 'active' : 'inactive'} />,
            },
          ]}
        />
      )}
      <FormDialog
        opened={editing !== null}
        onClose={close}
        size="lg"
        title={edited?.name ?? t('settings.singleSignOn.add')}
        closeOnClickOutside={false}
      >
        {editing !== null && (
          <ProviderForm
            key={`${editing}/${reads}`}
            onLoadAgain={() => {
              // What could not be read again leaves what is typed where it is.
              void providers.refetch().then((read) => {
                if (read.isSuccess) setReads((count) => count + 1);
              });
            }}
            provider={edited}
            callback={providers.data?.callback ?? ''}
            signedOut={providers.data?.signedOut ?? ''}
            onMade={setEditing}
            onDone={close}
            onDelete={() => {
              setRemoving(edited ?? null);
              close();
            }}
          />
        )}
      </FormDialog>
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('settings.singleSignOn.delete', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('settings.singleSignOn.deleteText')}
      </RemovalDialog>
    </Section>
  );
}
