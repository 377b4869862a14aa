import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { DataTable } from '@/components/DataTable';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Section } from './Section';

export function UsersPage() {
  const { t } = useTranslation();
  const users = useUsers();
  return (
    <Section title={t('settings.pages.users')} text={t('settings.users.what')}>
      {users.error ? (
        <ProblemAlert error={users.error} onRetry={() => void users.refetch()} />
      ) : users.isPending ? (
        <PageSkeleton />
      ) : (
        <DataTable
          label={t('settings.pages.users')}
          items={users.data}
          rowKey={(user) => user.id}
          columns={[
            { key: 'name', label: t('common.name'), cell: (user) => user.name },
            { key: 'login', label: t('signIn.login'), cell: (user) => <code>{user.login}</code> },
            { key: 'email', label: t('settings.users.email'), cell: (user) => user.email },
            {
              key: 'roles',
              label: t('settings.users.roles'),
              cell: (user) => (
                <Group gap={4}>
                  {(user.roles ?? []).map((role) => (
                    <Badge key={role} color="gray">
                      {role}
                    </Badge>
                  ))}
                  {user.active === false && <Badge color="gray">{t('settings.users.inactive')}</Badge>}
                </Group>
              ),
            },
            {
              key: 'manager',
              label: t('settings.users.manager'),
              cell: (user) => users.data.find((other) => other.id === user.reportsTo)?.name,
            },
          ]}
        />
      )}
    </Section>
  );
}
