import { Badge, Group, Table, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Team } from '@/api/getTeams';
import type { User } from '@/api/getUsers';
import cards from '@/components/DataTable.module.css';
import { Moment } from '@/components/Moment';
import type { ListedUser } from '../api/users';
import classes from './Staff.module.css';
import { UserState } from './UserState';

interface Props {
  items: ListedUser[];
  /** All users, to name superiors. */
  users: User[];
  teams: Team[];
  roleName: (key: string) => string;
  /** Whether the reader sees states and sign-ins, and opens users. */
  administers: boolean;
  sort: string;
  onSort: (sort: string) => void;
  onOpen: (user: ListedUser) => void;
}

/** Another row gets the focus. */
function move(event: KeyboardEvent<HTMLTableRowElement>): void {
  const row = event.currentTarget;
  const to =
    event.key === 'ArrowDown'
      ? row.nextElementSibling
      : event.key === 'ArrowUp'
        ? row.previousElementSibling
        : event.key === 'Home'
          ? row.parentElement?.firstElementChild
          : event.key === 'End'
            ? row.parentElement?.lastElementChild
            : null;
  if (to instanceof HTMLElement) {
    event.preventDefault();
    to.focus();
  }
}

/** Users in rows that arrow keys walk through and Enter opens. */
export function UsersTable({ items, users, teams, roleName, administers, sort, onSort, onOpen }: Props) {
  const { t } = useTranslation();
  const header = (key: string, label: string) => {
    const direction = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none';
    const Icon = direction === 'descending' ? IconArrowDown : IconArrowUp;
    return (
      <Table.Th aria-sort={direction}>
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort(direction === 'ascending' ? `-${key}` : key)}
        >
          {label}
          {direction !== 'none' && <Icon size={12} aria-hidden />}
        </button>
      </Table.Th>
    );
  };
  return (
    <Table
      aria-label={t('settings.pages.users')}
      className={`${cards.table} ${classes.table}`}
      verticalSpacing={6}
      horizontalSpacing="sm"
      fz="sm"
    >
      <Table.Thead>
        <Table.Tr>
          {header('name', t('common.name'))}
          {administers && <Table.Th>{t('settings.users.state')}</Table.Th>}
          <Table.Th>{t('settings.users.roles')}</Table.Th>
          <Table.Th>{t('settings.users.teams')}</Table.Th>
          <Table.Th>{t('settings.users.manager')}</Table.Th>
          {administers && header('lastSignInAt', t('settings.users.lastSignIn'))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((user, index) => (
          <Table.Tr
            key={user.id}
            tabIndex={administers ? (index === 0 ? 0 : -1) : undefined}
            data-opens={administers || undefined}
            onKeyDown={(event) => {
              if (!administers || event.target !== event.currentTarget) return;
              if (event.key === 'Enter') onOpen(user);
              else move(event);
            }}
            onClick={() => administers && onOpen(user)}
          >
            <Table.Td data-label={t('common.name')}>
              {/* One thing, also where a row becomes a card. */}
              <div>
                <Text size="sm" fw={550}>
                  {user.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {user.login}
                </Text>
                {user.email && user.email !== user.login && (
                  <Text size="xs" c="dimmed">
                    {user.email}
                  </Text>
                )}
              </div>
            </Table.Td>
            {administers && (
              <Table.Td data-label={t('settings.users.state')}>
                <UserState user={user} />
              </Table.Td>
            )}
            <Table.Td data-label={t('settings.users.roles')}>
              <Group gap={4}>
                {(user.roles ?? []).map((role) => (
                  <Badge key={role} color="gray">
                    {roleName(role)}
                  </Badge>
                ))}
              </Group>
            </Table.Td>
            <Table.Td data-label={t('settings.users.teams')}>
              {(user.teams ?? [])
                .map((id) => teams.find((team) => team.id === id)?.name ?? `#${id}`)
                .join(', ')}
            </Table.Td>
            <Table.Td data-label={t('settings.users.manager')}>
              {users.find((other) => other.id === user.reportsTo)?.name}
            </Table.Td>
            {administers && (
              <Table.Td data-label={t('settings.users.lastSignIn')}>
                {user.lastSignInAt ? (
                  <Moment at={user.lastSignInAt} />
                ) : (
                  <Text span size="sm" c="dimmed">
                    {t('settings.users.never')}
                  </Text>
                )}
              </Table.Td>
            )}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
