import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from './ProblemAlert';
import { toast } from './toasts';

interface Removal<T> {
  isPending: boolean;
  mutate: (what: T, then: { onSuccess: () => void; onError: (error: Error) => void }) => void;
}

interface Props<T> {
  /** What to remove; null while nothing is asked. */
  what: T | null;
  removal: Removal<T>;
  title: string;
  /** What is lost by it. */
  children: ReactNode;
  /** The word on the button. */
  confirm: string;
  /** The word on the other button, which changes nothing. */
  refuse?: string;
  /** The button is red, unless nothing is lost. */
  harmless?: boolean;
  onClose: () => void;
}

/** Asks before something goes for good. */
export function RemovalDialog<T>({
  what,
  removal,
  title,
  children,
  confirm,
  refuse,
  harmless,
  onClose,
}: Props<T>) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const stackId = useId();
  return (
    <Modal
      opened={what !== null}
      // In a dialog it stands in front of the form; of one name, others would lay their shade over it.
      stackId={stackId}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{children}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {refuse ?? t('common.cancel')}
          </Button>
          <Button
            color={harmless ? undefined : 'red'}
            loading={removal.isPending}
            onClick={() => {
              if (what === null) return;
              removal.mutate(what, {
                onSuccess: onClose,
                onError: (error) => toast(problemText(error), { kind: 'bad' }),
              });
            }}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
