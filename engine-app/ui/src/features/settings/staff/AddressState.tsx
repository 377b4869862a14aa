import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { type ListedUser, useConfirmEmail } from '../api/users';

interface Props {
  user: ListedUser;
  /** What stands in the input. */
  typed: string;
  /** Whether the reader is this user. */
  own: boolean;
  mayConfirm: boolean;
}

/** Whether somebody vouches for the e-mail address of a user, and the way to do so. */
export function AddressState({ user, typed, own, mayConfirm }: Props) {
  const { t } = useTranslation();
  const confirm = useConfirmEmail(user.id);
  const [asked, setAsked] = useState(false);
  const email = user.email ?? '';
  if (typed.trim().toLowerCase() !== email.toLowerCase()) {
    return typed.trim() === '' ? null : (
      <Text size="xs" c="dimmed">
        {t('settings.users.vouched')}
      </Text>
    );
  }
  if (email === '' || user.emailConfirmed == null) return null;
  if (user.emailConfirmed || confirm.isSuccess) {
    return (
      <Group gap={4} role="status">
        <IconCircleCheck size={14} color="var(--mantine-color-green-7)" aria-hidden />
        <Text size="xs" c="dimmed">
          {t('settings.users.confirmed')}
        </Text>
      </Group>
    );
  }
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Badge color="yellow" variant="light">
          {t('settings.users.unconfirmed')}
        </Badge>
        {mayConfirm && !own && (
          <Button size="compact-xs" variant="default" onClick={() => setAsked(true)}>
            {t('settings.users.confirm')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {own ? t('settings.users.unconfirmedOwn') : t('settings.users.unconfirmedText', { name: user.name })}
      </Text>
      <RemovalDialog
        what={asked ? email : null}
        removal={{
          isPending: confirm.isPending,
          mutate: (address, then) =>
            confirm.mutate(address, {
              onSuccess: () => {
                toast(t('settings.users.confirmedNow'));
                then.onSuccess();
              },
              onError: then.onError,
            }),
        }}
        title={t('settings.users.confirmTitle', { name: user.name })}
        confirm={t('settings.users.confirm')}
        harmless
        onClose={() => setAsked(false)}
      >
        {t('settings.users.confirmText', { email, name: user.name })}
      </RemovalDialog>
    </Stack>
  );
}
