import { Button, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { LeaveGuard } from '@/components/LeaveGuard';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useChangePassword } from '../api/sessions';

/** The own password: the present one is asked for, and other devices are signed out. */
export function PasswordSection() {
  const { t } = useTranslation();
  const session = useSession().data;
  const change = useChangePassword();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const { errorOf, elsewhere } = fieldErrors(change.error, ['current', 'password']);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          setCurrent('');
          setPassword('');
          toast(t('security.passwordChanged'));
        },
      },
    );
  };

  return (
    <form onSubmit={submit}>
      <LeaveGuard dirty={(current !== '' || password !== '') && !change.isPending} />
      <Stack gap="sm" maw={360}>
        <input
          type="text"
          autoComplete="username"
          value={session?.user.login ?? ''}
          readOnly
          hidden
          aria-hidden
          tabIndex={-1}
        />
        <PasswordInput
          label={t('security.currentPassword')}
          autoComplete="current-password"
          value={current}
          error={errorOf('current')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t('security.newPassword')}
          description={t('security.newPasswordText')}
          autoComplete="new-password"
          value={password}
          error={errorOf('password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
          required
          withAsterisk={false}
        />
        {elsewhere && <ProblemAlert error={change.error} />}
        <div>
          <Button type="submit" loading={change.isPending} disabled={!current || !password}>
            {t('security.changePassword')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
