import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Automation } from '../api/getAutomation';

interface Props {
  automation: Automation;
  /** What is asked for; null shows nothing. */
  asking: 'publish' | 'unpublish' | null;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

/** Says what publishing or unpublishing means before it is done. */
export function LifecycleDialog({ automation, asking, busy, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const ending = asking === 'unpublish';
  const waiting = automation.figures?.waiting ?? 0;
  return (
    <Modal
      opened={asking !== null}
      onClose={onClose}
      title={t(ending ? 'editor.unpublishTitle' : 'editor.publishTitle', { name: automation.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">
          {ending
            ? t('editor.unpublishText')
            : t('editor.publishText', { version: (automation.publishedVersion ?? 0) + 1 })}
        </Text>
        {waiting > 0 && <Text size="sm">{t('editor.underWay', { count: waiting })}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color={ending ? 'red' : 'loom'} loading={busy} onClick={onConfirm}>
            {t(ending ? 'editor.unpublish' : 'editor.publishNow')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
