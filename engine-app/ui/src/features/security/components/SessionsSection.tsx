import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useEndSession, useEndSessions, useOpenSessions } from '../api/sessions';
import { deviceName } from '../device';

/** Where the user is signed in, with a way out of each. */
export function SessionsSection() {
  const { t } = useTranslation();
  const open = useOpenSessions();
  const end = useEndSession();
  const endAll = useEndSessions();
  const [asking, setAsking] = useState(false);

  if (open.error) return <ProblemAlert error={open.error} onRetry={() => void open.refetch()} />;
  if (open.isPending) return <PageSkeleton />;
  const others = open.data.some((session) => !session.current);
  return (
    <Stack gap="sm">
      {(end.error ?? endAll.error) && <ProblemAlert error={end.error ?? endAll.error} />}
      <DataTable
        label={t('security.sessions')}
        items={open.data}
        rowKey={(session) => session.handle}
        columns={[
          {
            key: 'device',
            label: t('security.device'),
            cell: (session) => (
              <div title={session.device}>
                <Group gap={6}>
                  {deviceName(session.device)}
                  {session.current && <Badge>{t('security.thisDevice')}</Badge>}
                </Group>
                <Text size="xs" c="dimmed">
                  {session.address}
                </Text>
              </div>
            ),
          },
          {
            key: 'since',
            label: t('security.signedIn'),
            cell: (session) => <Moment at={session.signedInAt} />,
          },
          {
            key: 'used',
            label: t('security.lastUsed'),
            cell: (session) => <Moment at={session.lastUsedAt} />,
          },
          {
            key: 'end',
            label: '',
            cell: (session) =>
              !session.current && (
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('security.signOutOf', { name: deviceName(session.device) })}
                  loading={end.isPending && end.variables === session.handle}
                  onClick={() => end.mutate(session.handle)}
                >
                  {t('shell.signOut')}
                </Button>
              ),
          },
        ]}
      />
      <Group gap="xs">
        <Button
          variant="default"
          disabled={!others}
          loading={endAll.isPending && endAll.variables}
          onClick={() => endAll.mutate(true, { onSuccess: () => toast(t('security.othersEnded')) })}
        >
          {t('security.endOthers')}
        </Button>
        <Button variant="default" color="red" onClick={() => setAsking(true)}>
          {t('security.endAll')}
        </Button>
      </Group>
      <RemovalDialog
        what={asking ? false : null}
        removal={endAll}
        title={t('security.endAll')}
        confirm={t('security.endAll')}
        onClose={() => setAsking(false)}
      >
        {t('security.endAllText')}
      </RemovalDialog>
    </Stack>
  );
}
