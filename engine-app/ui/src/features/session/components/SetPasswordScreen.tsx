import { Anchor, Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { useSetPasswordByLink } from '../api/passwordLinks';
import { DoorFrame } from './DoorFrame';

/** Where the link of a mail leads: sets a password with the token behind the #. */
export function SetPasswordScreen() {
  const { t } = useTranslation();
  const [token] = useState(() => window.location.hash.slice(1));
  const [password, setPassword] = useState('');
  const set = useSetPasswordByLink();
  const { errorOf, elsewhere } = fieldErrors(set.error, ['password']);
  const refused = errorOf('password');
  const worthless = token === '' || errorOf('token') !== undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ token, password });
  };

  return (
    <DoorFrame>
      <Stack gap="sm">
        <Title order={2}>{t('setPassword.title')}</Title>
        {set.isSuccess ? (
          <>
            <Text size="sm" role="status">
              {t('setPassword.done')}
            </Text>
            <Button size="sm" fullWidth renderRoot={(props) => <AppLink {...props} href="/sign-in" />}>
              {t('signIn.submit')}
            </Button>
          </>
        ) : worthless ? (
          <>
            <Text size="sm" role="alert">
              {t('setPassword.worthless')}
            </Text>
            <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href="/forgot-password" />}>
              {t('setPassword.again')}
            </Anchor>
          </>
        ) : (
          <form onSubmit={submit}>
            <Stack gap="sm">
              <PasswordInput
                label={t('security.newPassword')}
                description={t('security.newPasswordText')}
                autoComplete="new-password"
                value={password}
                error={refused}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoFocus
                required
                withAsterisk={false}
              />
              {elsewhere && <ProblemAlert error={set.error} />}
              <Button type="submit" size="sm" loading={set.isPending} disabled={!password} fullWidth>
                {t('setPassword.submit')}
              </Button>
            </Stack>
          </form>
        )}
      </Stack>
    </DoorFrame>
  );
}
