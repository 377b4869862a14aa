import { Button, CloseButton, Group, Paper, Portal, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Toaster.module.css';
import { dismiss, toastStore } from './toasts';

export function Toaster() {
  const { t } = useTranslation();
  const toasts = useSyncExternalStore(toastStore.subscribe, toastStore.snapshot);
  return (
    <Portal>
      <div className={classes.stack} role="status" aria-live="polite">
        {toasts.map((entry) => (
          <Paper key={entry.id} className={classes.toast} withBorder shadow="md" data-kind={entry.kind}>
            <Group gap="sm" wrap="nowrap">
              {entry.kind === 'good' ? (
                <IconCheck size={18} className={classes.icon} aria-hidden />
              ) : (
                <IconAlertTriangle size={18} className={classes.icon} aria-hidden />
              )}
              <Text size="sm" flex={1}>
                {entry.text}
              </Text>
              {entry.action && (
                <Button
                  variant="subtle"
                  onClick={() => {
                    entry.action?.run();
                    dismiss(entry.id);
                  }}
                >
                  {entry.action.label}
                </Button>
              )}
              <CloseButton size="sm" aria-label={t('common.close')} onClick={() => dismiss(entry.id)} />
            </Group>
          </Paper>
        ))}
      </div>
    </Portal>
  );
}
