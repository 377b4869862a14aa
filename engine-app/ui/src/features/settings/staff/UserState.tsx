import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Status } from '@/components/Status';
import { formatMoment } from '@/lib/format';
import type { ListedUser } from '../api/users';

/** How it stands with a user; for invitations, until when. */
export function UserState({ user }: { user: ListedUser }) {
  const { t } = useTranslation();
  const state = user.state ?? (user.active === false ? 'inactive' : 'active');
  const why =
    state === 'invited'
      ? user.invitationUntil
        ? t('settings.users.invitedUntil', { at: formatMoment(user.invitationUntil) })
        : t('settings.users.invitationWaits')
      : state === 'invitationFailed'
        ? user.invitationUntil
          ? t('settings.users.invitationEnded', { at: formatMoment(user.invitationUntil) })
          : t('settings.users.invitationNotSent')
        : state === 'notInvited'
          ? t('settings.users.notInvitedText')
          : state === 'locked'
            ? t('settings.users.lockedText')
            : null;
  const status = <Status state={state} />;
  return why ? (
    <Tooltip label={why} multiline maw={280}>
      {/* Reached by keyboard too: it says what the word leaves out. */}
      <span role="note" aria-label={`${t(`states.${state.toLowerCase() as 'invited'}`)}: ${why}`}>
        {status}
      </span>
    </Tooltip>
  ) : (
    status
  );
}
