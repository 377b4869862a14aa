import { Alert, Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { formatNumber } from '@/lib/format';
import { type Tag, useDeleteTag, useTagUsage } from '../api/tags';

/** Shows what has and names a tag before it is deleted. */
export function DeleteTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const { t } = useTranslation();
  const usage = useTagUsage(tag.id);
  const remove = useDeleteTag();
  const used = usage.data;
  const records = Object.values(used?.records ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.tags.deleteTitle', { name: tag.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        {usage.error && <ProblemAlert error={usage.error} onRetry={() => void usage.refetch()} />}
        {usage.isPending && <PageSkeleton rows={2} />}
        {used && (
          <Text size="sm">
            {records === 0
              ? t('settings.tags.onNone')
              : t('settings.tags.onRecords', { count: records, number: formatNumber(records) })}
          </Text>
        )}
        {used && used.uses.length > 0 && (
          <Alert
            color="yellow"
            variant="light"
            icon={<IconAlertTriangle size={18} />}
            title={t('settings.tags.inUse', { count: used.uses.length })}
          >
            <List size="sm" mb="xs">
              {used.uses.map((use) => (
                <List.Item key={use.id}>
                  <Anchor
                    size="sm"
                    underline="always"
                    renderRoot={(props) => <AppLink {...props} href={`/automations/${use.id}`} />}
                  >
                    {use.name}
                  </Anchor>
                </List.Item>
              ))}
            </List>
            <Text size="sm">{t('settings.tags.inUseText')}</Text>
          </Alert>
        )}
        {used && (
          <Text size="sm" c="dimmed">
            {t('settings.tags.restorable')}
          </Text>
        )}
        {remove.error && <ProblemAlert error={remove.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            disabled={used === undefined}
            onClick={() =>
              remove.mutate(tag.id, {
                onSuccess: () => {
                  toast(t('settings.tags.deleted', { name: tag.name }));
                  onClose();
                },
              })
            }
          >
            {t('common.delete')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
