import { Anchor, Badge, Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTeams } from '@/api/getTeams';
import { type User, useUsers } from '@/api/getUsers';
import { isAdministrator, useSession } from '@/api/session';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useRoles } from '../api/users';
import { HandOverForm } from './HandOverForm';
import { Section } from './Section';
import { TeamsSection } from './TeamsSection';
import { UserForm } from './UserForm';

function matches(user: User, typed: string): boolean {
  return `${user.name} ${user.login} ${user.email ?? ''}`.toLowerCase().includes(typed.trim().toLowerCase());
}

/** Who works here: everybody sees it, administrators change it. */
export function UsersPage() {
  const { t } = useTranslation();
  const users = useUsers();
  const roles = useRoles().data ?? [];
  const teams = useTeams().data ?? [];
  const administrator = isAdministrator(useSession().data);
  const [typed, setTyped] = useState('');
  const [editing, setEditing] = useState<User | 'new' | null>(null);
  const [handing, setHanding] = useState<User | null>(null);
  const shown = (users.data ?? []).filter((user) => matches(user, typed));
  const close = () => setEditing(null);

  return (
    <Section
      title={t('settings.pages.users')}
      text={t('settings.users.what')}
      action={
        administrator && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>
            {t('settings.users.add')}
          </Button>
        )
      }
    >
      {users.error ? (
        <ProblemAlert error={users.error} onRetry={() => void users.refetch()} />
      ) : users.isPending ? (
        <PageSkeleton />
      ) : (
        <>
          <TextInput
            size="xs"
            maw={260}
            mb="sm"
            aria-label={t('settings.users.search')}
            placeholder={t('settings.users.search')}
            leftSection={<IconSearch size={14} />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {shown.length === 0 ? (
            <EmptyState icon={IconSearch} title={t('list.nothingFound')} />
          ) : (
            <DataTable
              label={t('settings.pages.users')}
              items={shown}
              rowKey={(user) => user.id}
              columns={[
                {
                  key: 'name',
                  label: t('common.name'),
                  cell: (user) => (
                    <div>
                      {administrator ? (
                        <Anchor
                          component="button"
                          type="button"
                          size="sm"
                          ta="left"
                          onClick={() => setEditing(user)}
                        >
                          {user.name}
                        </Anchor>
                      ) : (
                        user.name
                      )}
                      <Text size="xs" c="dimmed">
                        {user.email}
                      </Text>
                    </div>
                  ),
                },
                { key: 'login', label: t('signIn.login'), cell: (user) => <code>{user.login}</code> },
                {
                  key: 'roles',
                  label: t('settings.users.roles'),
                  cell: (user) => (
                    <Group gap={4}>
                      {(user.roles ?? []).map((role) => (
                        <Badge key={role} color="gray">
                          {roles.find((known) => known.key === role)?.label ?? role}
                        </Badge>
                      ))}
                      {user.active === false && (
                        <Badge color="red" variant="outline">
                          {t('settings.users.inactive')}
                        </Badge>
                      )}
                    </Group>
                  ),
                },
                {
                  key: 'teams',
                  label: t('settings.users.teams'),
                  cell: (user) =>
                    (user.teams ?? [])
                      .map((id) => teams.find((team) => team.id === id)?.name ?? id)
                      .join(', '),
                },
                {
                  key: 'manager',
                  label: t('settings.users.manager'),
                  cell: (user) => users.data.find((other) => other.id === user.reportsTo)?.name,
                },
              ]}
            />
          )}
          <TeamsSection users={users.data} administrator={administrator} />
        </>
      )}
      <Modal
        opened={editing !== null}
        onClose={close}
        size="lg"
        title={
          editing === 'new'
            ? t('settings.users.add')
            : t('settings.users.edit', { name: editing === null ? '' : editing.name })
        }
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {editing !== null && (
          <UserForm
            user={editing === 'new' ? undefined : editing}
            onDone={close}
            onHandOver={() => {
              setHanding(editing === 'new' ? null : editing);
              close();
            }}
          />
        )}
      </Modal>
      <Modal
        opened={handing !== null}
        onClose={() => setHanding(null)}
        title={t('settings.handOver.title', { name: handing?.name })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {handing && <HandOverForm user={handing} onDone={() => setHanding(null)} />}
      </Modal>
    </Section>
  );
}
