import { ActionIcon, Text } from '@mantine/core';
import { IconLinkOff, IconLogin2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { type SignOnLink, useRemoveSignOnLink, useSignOnLinks } from '../api/signOnLinks';
import type { ListedUser } from '../api/users';

/** Who at which provider opens the account of a user, for administrators. */
export function SignOnLinks({ user }: { user: ListedUser }) {
  const { t } = useTranslation();
  const links = useSignOnLinks(user.id);
  const removal = useRemoveSignOnLink(user.id);
  const [removing, setRemoving] = useState<SignOnLink | null>(null);
  const named = (link: SignOnLink) => link.email ?? link.provider;
  return (
    <>
      {links.error ? (
        <ProblemAlert error={links.error} onRetry={() => void links.refetch()} />
      ) : links.isPending ? (
        <PageSkeleton rows={2} />
      ) : links.data.length === 0 ? (
        <EmptyState
          icon={IconLogin2}
          title={t('settings.signOnLinks.none')}
          text={t('settings.signOnLinks.noneText')}
        />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            {t('settings.signOnLinks.what')}
          </Text>
          <DataTable
            label={t('settings.users.tabs.signOn')}
            items={links.data}
            rowKey={(link) => link.handle}
            columns={[
              {
                key: 'provider',
                label: t('settings.signOnLinks.provider'),
                width: '25%',
                cell: (link) => link.provider,
              },
              {
                key: 'email',
                label: t('settings.signOnLinks.address'),
                cell: (link) => link.email ?? t('settings.signOnLinks.unknown'),
              },
              {
                key: 'linked',
                label: t('settings.signOnLinks.linked'),
                cell: (link) => <Moment at={link.linkedAt} />,
              },
              {
                key: 'used',
                label: t('settings.signOnLinks.used'),
                cell: (link) =>
                  link.lastUsedAt ? <Moment at={link.lastUsedAt} /> : t('settings.signOnLinks.unknown'),
              },
              {
                key: 'actions',
                label: '',
                width: 44,
                cell: (link) => (
                  <ActionIcon
                    aria-label={t('settings.signOnLinks.remove', { name: named(link) })}
                    onClick={() => setRemoving(link)}
                  >
                    <IconLinkOff size={16} />
                  </ActionIcon>
                ),
              },
            ]}
          />
        </>
      )}
      <RemovalDialog
        what={removing?.handle ?? null}
        removal={removal}
        title={t('settings.signOnLinks.removeTitle', { name: removing ? named(removing) : '' })}
        confirm={t('settings.signOnLinks.confirm')}
        onClose={() => setRemoving(null)}
      >
        {t('settings.signOnLinks.removeText', { name: user.name })}
      </RemovalDialog>
    </>
  );
}
