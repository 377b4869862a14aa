import { ActionIcon, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconHistory, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFeature } from '@/api/features';
import { useUsers } from '@/api/getUsers';
import { type RecordData, titleOf } from '@/api/records';
import { type Share, useLivingShares, useStopSharing } from '@/api/shares';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { Nothing, Panel } from '../components/Panel';
import panels from '../components/Panels.module.css';
import { ShareDialog } from './ShareDialog';
import { ShareHistory } from './ShareHistory';

/** Everybody with whom it is shared, once, with all shares that last. */
function byUser(shares: Share[]): [number, Share[]][] {
  const users = new Map<number, Share[]>();
  for (const share of shares) users.set(share.user, [...(users.get(share.user) ?? []), share]);
  return [...users];
}

/** With whom an opportunity is shared now, and the way to end that (AUT-086). */
export function SharedPanel({ record }: { record: RecordData }) {
  const { t } = useTranslation();
  const on = useFeature('sharing');
  return on ? <Shared record={record} title={t('shares.title')} /> : null;
}

function Shared({ record, title }: { record: RecordData; title: string }) {
  const { t } = useTranslation();
  const shares = useLivingShares(record.id);
  const users = useUsers().data ?? [];
  const stop = useStopSharing(record.id);
  const [open, setOpen] = useState<'share' | 'history' | null>(null);
  const [stopping, setStopping] = useState<number | null>(null);
  const name = (id: number) => users.find((user) => user.id === id)?.name ?? `#${id}`;
  const mayShare = shares.data?.mayShare === true;
  const close = () => setOpen(null);
  return (
    <Panel
      title={title}
      action={
        <Group gap={4} wrap="nowrap">
          <Tooltip label={t('shares.history')}>
            <ActionIcon aria-label={t('shares.history')} onClick={() => setOpen('history')}>
              <IconHistory size={16} />
            </ActionIcon>
          </Tooltip>
          {mayShare && (
            <Tooltip label={t('shares.shareTitle')}>
              <ActionIcon aria-label={t('shares.shareTitle')} onClick={() => setOpen('share')}>
                <IconPlus size={16} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      }
    >
      {shares.error ? (
        <ProblemAlert error={shares.error} onRetry={() => void shares.refetch()} />
      ) : shares.isPending ? (
        <PageSkeleton rows={1} />
      ) : shares.data.items.length === 0 ? (
        <Nothing>{t('shares.none')}</Nothing>
      ) : (
        <ul className={panels.plain}>
          {byUser(shares.data.items).map(([user, some]) => (
            <li key={user}>
              <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                  <Text size="sm">{name(user)}</Text>
                  {some.map((share) => (
                    <Text key={share.id} size="xs" c="dimmed">
                      {t(`shares.accesses.${share.access}`)} ·{' '}
                      <span style={{ whiteSpace: 'nowrap' }}>
                        {t('shares.until')} <Moment at={share.expiresAt} exact />
                      </span>
                    </Text>
                  ))}
                </div>
                {mayShare && (
                  <Button size="compact-sm" variant="default" flex="none" onClick={() => setStopping(user)}>
                    {t('shares.stop')}
                  </Button>
                )}
              </Group>
            </li>
          ))}
        </ul>
      )}
      {open === 'share' && (
        <ShareDialog opportunity={record.id} owner={record.values['owner']} onClose={close} />
      )}
      {open === 'history' && (
        <ShareHistory opportunity={record.id} title={titleOf('opportunities', record)} onClose={close} />
      )}
      <RemovalDialog
        what={stopping}
        removal={stop}
        title={t('shares.stopTitle')}
        confirm={t('shares.stop')}
        onClose={() => setStopping(null)}
      >
        {stopping !== null && t('shares.stopText', { name: name(stopping) })}
      </RemovalDialog>
    </Panel>
  );
}
