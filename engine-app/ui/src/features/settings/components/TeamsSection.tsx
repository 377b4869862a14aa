import { ActionIcon, Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Team, useTeams } from '@/api/getTeams';
import type { User } from '@/api/getUsers';
import { DataTable } from '@/components/DataTable';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useChangeTeams } from '../api/users';

type Asking = { what: 'create' } | { what: 'rename' | 'delete'; team: Team };

function TeamDialog({ asking, onDone }: { asking: Asking; onDone: () => void }) {
  const { t } = useTranslation();
  const change = useChangeTeams();
  const [name, setName] = useState('team' in asking ? asking.team.name : '');
  const removing = asking.what === 'delete';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const order =
          asking.what === 'create'
            ? { what: asking.what, name }
            : asking.what === 'rename'
              ? { what: asking.what, id: asking.team.id, name }
              : { what: asking.what, id: asking.team.id };
        change.mutate(order, { onSuccess: onDone });
      }}
    >
      <Stack gap="sm">
        {change.error && <ProblemAlert error={change.error} />}
        {removing ? (
          <Text size="sm">{t('settings.teams.deleteText')}</Text>
        ) : (
          <TextInput
            label={t('common.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            data-autofocus
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color={removing ? 'red' : 'loom'} loading={change.isPending}>
            {t(removing ? 'common.delete' : asking.what === 'create' ? 'common.create' : 'common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The teams in which leads are shared out. */
export function TeamsSection({ users, administrator }: { users: User[]; administrator: boolean }) {
  const { t } = useTranslation();
  const teams = useTeams();
  const [asking, setAsking] = useState<Asking | null>(null);
  const nameOf = (id: number) => users.find((user) => user.id === id)?.name ?? `#${id}`;
  return (
    <section aria-label={t('settings.teams.title')}>
      <Group justify="space-between" mt="xl" mb="xs">
        <div>
          <Title order={3}>{t('settings.teams.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('settings.teams.what')}
          </Text>
        </div>
        {administrator && (
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => setAsking({ what: 'create' })}
          >
            {t('settings.teams.add')}
          </Button>
        )}
      </Group>
      {teams.error ? (
        <ProblemAlert error={teams.error} onRetry={() => void teams.refetch()} />
      ) : teams.data?.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('settings.teams.none')}
        </Text>
      ) : (
        <DataTable
          label={t('settings.teams.title')}
          items={teams.data ?? []}
          rowKey={(team) => team.id}
          columns={[
            { key: 'name', label: t('common.name'), width: 220, cell: (team) => team.name },
            {
              key: 'members',
              label: t('settings.teams.members'),
              cell: (team) => team.members.map(nameOf).join(', ') || '–',
            },
            ...(administrator
              ? [
                  {
                    key: 'actions',
                    label: '',
                    width: 88,
                    cell: (team: Team) => (
                      <Group gap={4} wrap="nowrap" justify="flex-end">
                        <ActionIcon
                          aria-label={t('settings.teams.rename', { name: team.name })}
                          onClick={() => setAsking({ what: 'rename', team })}
                        >
                          <IconPencil size={16} />
                        </ActionIcon>
                        <ActionIcon
                          aria-label={t('settings.teams.delete', { name: team.name })}
                          onClick={() => setAsking({ what: 'delete', team })}
                        >
                          <IconTrash size={16} />
                        </ActionIcon>
                      </Group>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={
          asking === null || asking.what === 'create'
            ? t('settings.teams.add')
            : t(`settings.teams.${asking.what}`, { name: asking.team.name })
        }
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {asking && <TeamDialog asking={asking} onDone={() => setAsking(null)} />}
      </Modal>
    </section>
  );
}
