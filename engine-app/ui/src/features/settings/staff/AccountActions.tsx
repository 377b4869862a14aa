import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { type ListedUser, useEndSessionsOf, useInviteUser, useRemoveSecondFactorOf } from '../api/users';

/** What administrators do for somebody who cannot sign in, or should no longer be. */
export function AccountActions({ user }: { user: ListedUser }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const invite = useInviteUser();
  const endSessions = useEndSessionsOf();
  const removeFactor = useRemoveSecondFactorOf();
  const [asked, setAsked] = useState<'sessions' | 'factor' | null>(null);
  const ending = asked === 'sessions' ? endSessions : removeFactor;
  const done = t(asked === 'sessions' ? 'settings.users.signedOut' : 'settings.users.factorRemoved', {
    name: user.name,
  });
  return (
    <Group gap="xs">
      <Button
        variant="default"
        size="compact-sm"
        disabled={!user.email || user.active === false}
        loading={invite.isPending}
        onClick={() =>
          invite.mutate(user.id, {
            onSuccess: () => toast(t('settings.users.invited')),
            onError: (error) => toast(problemText(error), { kind: 'bad' }),
          })
        }
      >
        {t(user.invitedAt ? 'settings.users.resend' : 'settings.users.invite')}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => setAsked('sessions')}>
        {t('settings.users.signOut')}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => setAsked('factor')}>
        {t('settings.users.removeFactor')}
      </Button>
      <RemovalDialog
        what={asked === null ? null : user.id}
        removal={{
          isPending: ending.isPending,
          mutate: (id, then) =>
            ending.mutate(id, {
              onSuccess: () => {
                toast(done);
                then.onSuccess();
              },
              onError: then.onError,
            }),
        }}
        title={t(asked === 'factor' ? 'settings.users.removeFactorTitle' : 'settings.users.signOutTitle', {
          name: user.name,
        })}
        confirm={t(asked === 'factor' ? 'settings.users.removeFactor' : 'settings.users.signOut')}
        onClose={() => setAsked(null)}
      >
        {t(asked === 'factor' ? 'settings.users.removeFactorText' : 'settings.users.signOutText')}
      </RemovalDialog>
    </Group>
  );
}
