import { Button, Group, Modal, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The question before something is lost that is not saved. */
function LeaveQuestion({
  opened,
  onStay,
  onLeave,
}: {
  opened: boolean;
  onStay: () => void;
  onLeave: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onStay}
      title={t('unsaved.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // In a dialog it stands in front of the form.
      stackId="leaving"
    >
      <Text size="sm">{t('unsaved.text')}</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onStay} data-autofocus>
          {t('unsaved.stay')}
        </Button>
        <Button color="red" onClick={onLeave}>
          {t('unsaved.leave')}
        </Button>
      </Group>
    </Modal>
  );
}

interface Props {
  dirty: boolean;
  /** Another way out that somebody has asked for within the page; null for none. */
  going?: (() => void) | null;
  onStay?: () => void;
}

/** Asks before somebody leaves a form with changes that are not saved (SET-002). */
export function LeaveGuard({ dirty, going = null, onStay }: Props) {
  const blocker = useBlocker({
    shouldBlockFn: () => dirty,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  const stay = () => {
    blocker.reset?.();
    onStay?.();
  };
  return (
    <LeaveQuestion
      opened={blocker.status === 'blocked' || going !== null}
      onStay={stay}
      onLeave={() => {
        const go = going ?? blocker.proceed;
        onStay?.();
        go?.();
      }}
    />
  );
}
