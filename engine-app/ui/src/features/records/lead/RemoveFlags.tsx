import { Button, Group, Menu, ActionIcon, Modal, Radio, Stack, Text } from '@mantine/core';
import { IconDots, IconFlagOff } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BulkAction, hasEnded, useOrderBulk, useUndoBulk } from '@/api/bulkActions';
import { useFields } from '@/api/getSchema';
import { useRecords } from '@/api/listRecords';
import { useMayWith } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { AUTOMATIC, FLAG } from '@/lib/flag';
import { formatNumber } from '@/lib/format';

/** Takes the automatic flags away and leaves those that somebody set (LEAD-100, LEAD-101). */
function RemoveFlagsDialog({ me, onClose }: { me: number; onClose: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const router = useRouter();
  const administrator = isAdministrator(useSession().data);
  const [whose, setWhose] = useState('mine');
  const automatic = `${FLAG} = "${AUTOMATIC}"`;
  const filter = whose === 'all' ? automatic : `${automatic} and owner = ${me}`;
  const found = useRecords('leads', { filter, count: true, limit: 1, fields: ['name'] });
  const order = useOrderBulk('leads');
  const undo = useUndoBulk();
  const count = found.data?.total;
  const fail = (error: unknown) => toast(problemText(error), { kind: 'bad' });
  // Awaited, since the dialog may be gone by the time that the answer comes.
  const undoing = (job: BulkAction) =>
    void undo
      .mutateAsync({ id: job.id, name: t('jobs.undoName', { name: job.name }) })
      .then(() => toast(t('bulk.undoing', { name: job.name })), fail);
  const tell = (job: BulkAction) => {
    const show = { label: t('bulk.show'), run: () => void router.navigate({ href: `/jobs/${job.id}` }) };
    if (!hasEnded(job)) {
      toast(t('bulk.runs', { name: job.name }), { action: show });
    } else if (job.failed > 0 || job.problem) {
      toast(t('bulk.partly', { done: job.succeeded, failed: job.failed }), { kind: 'bad', action: show });
    } else {
      const back = { label: t('bulk.undo'), run: () => undoing(job) };
      toast(t('flag.removed', { count: job.changed }), { action: job.undoable ? back : show });
    }
  };
  const run = () => {
    const wanted = {
      operation: 'update',
      name: t('flag.bulk'),
      settings: { values: { [FLAG]: null } },
    } as const;
    void order.mutateAsync({ chosen: { filter }, order: wanted }).then(
      (job) => {
        onClose();
        tell(job);
      },
      // The dialog shows why.
      () => undefined,
    );
  };
  return (
    <Modal
      opened
      onClose={() => {
        if (!order.isPending) onClose();
      }}
      title={t('flag.bulk')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('flag.bulkText')}</Text>
          {administrator && (
            <Radio.Group label={t('flag.whose')} value={whose} onChange={setWhose}>
              <Stack gap={4} mt={4}>
                <Radio size="sm" value="mine" label={t('flag.mine')} />
                <Radio size="sm" value="all" label={t('flag.all')} />
              </Stack>
            </Radio.Group>
          )}
          {(found.error ?? order.error) && <ProblemAlert error={found.error ?? order.error} />}
          <Group justify="space-between" gap="xs">
            <Text size="sm" c="dimmed" aria-live="polite">
              {count == null
                ? t('common.loading')
                : t('bulk.count.leads', { count, number: formatNumber(count) })}
            </Text>
            <Button type="submit" disabled={!count} loading={order.isPending}>
              {t('common.remove')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What can be done with the whole list of leads. */
export function LeadListMenu() {
  const { t } = useTranslation();
  const me = useSession().data?.user.id;
  const mayMany = useMayWith('leads', 'bulk');
  const mayEdit = useMayWith('leads', 'edit');
  const flags = useFields('leads').data?.some(({ key, readOnly }) => key === FLAG && readOnly !== true);
  const [removing, setRemoving] = useState(false);
  if (!mayMany || !mayEdit || !flags || me === undefined) return null;
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <ActionIcon size={30} variant="default" aria-label={t('flag.menu')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFlagOff size={16} />} onClick={() => setRemoving(true)}>
            {t('flag.bulk')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {removing && <RemoveFlagsDialog me={me} onClose={() => setRemoving(false)} />}
    </>
  );
}
