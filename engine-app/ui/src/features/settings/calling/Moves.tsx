import { ActionIcon, Popover, Stack, Text } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useListLead } from '../api/listLeads';

function Lists({ process, lead }: { process: number; lead: number }) {
  const { t } = useTranslation();
  const one = useListLead(process, lead);
  const users = useUsers().data;
  if (one.error) return <ProblemAlert error={one.error} onRetry={() => void one.refetch()} />;
  if (!one.data) return <PageSkeleton rows={1} />;
  const moves = one.data.moves ?? [];
  return (
    <Stack gap="xs" mah={260} style={{ overflowY: 'auto' }}>
      {moves.map((move) => {
        const by = users?.find((user) => user.id === move.by)?.name;
        return (
          <div key={`${move.at} ${move.from}`}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('calling.leads.move', { from: move.from, to: move.to })}
            </Text>
            <Text size="xs" c="dimmed">
              {by && `${by} · `}
              <Moment at={move.at} />
            </Text>
          </div>
        );
      })}
      <div>
        <Text size="sm">{t('calling.leads.added')}</Text>
        <Text size="xs" c="dimmed">
          <Moment at={one.data.createdAt} />
        </Text>
      </div>
    </Stack>
  );
}

/** The lists that a lead came through, on demand (LEAD-069). */
export function Moves({ process, lead, name }: { process: number; lead: number; name: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="left" width={280} trapFocus withArrow>
      <Popover.Target>
        <ActionIcon
          size="sm"
          aria-label={t('calling.leads.movesOf', { name })}
          aria-expanded={opened}
          onClick={() => setOpened((before) => !before)}
        >
          <IconRoute size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('calling.leads.movesOf', { name })}>
        {opened && <Lists process={process} lead={lead} />}
      </Popover.Dropdown>
    </Popover>
  );
}
