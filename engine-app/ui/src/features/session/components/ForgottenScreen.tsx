import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Problem } from '@/lib/http';
import { useAskForLink } from '../api/passwordLinks';
import { DoorFrame } from './DoorFrame';

/** Asks for a link that sets a new password. The answer never tells whether there is such a user. */
export function ForgottenScreen() {
  const { t } = useTranslation();
  const ask = useAskForLink();
  const [login, setLogin] = useState('');
  const tooOften = ask.error instanceof Problem && ask.error.status === 429;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate(login);
  };

  return (
    <DoorFrame>
      <Stack gap="sm">
        <Title order={2}>{t('forgotten.title')}</Title>
        {ask.isSuccess ? (
          <Text size="sm" role="status">
            {t('forgotten.sent')}
          </Text>
        ) : (
          <form onSubmit={submit}>
            <Stack gap="sm">
              <Text size="sm" c="dimmed">
                {t('forgotten.text')}
              </Text>
              <TextInput
                label={t('forgotten.login')}
                value={login}
                onChange={(event) => setLogin(event.currentTarget.value)}
                autoComplete="username"
                autoFocus
                required
                withAsterisk={false}
              />
              {tooOften ? (
                <Text size="sm" c="var(--ll-bad)" role="alert">
                  {t('forgotten.wait')}
                </Text>
              ) : (
                ask.error && <ProblemAlert error={ask.error} />
              )}
              <Button type="submit" size="sm" loading={ask.isPending} disabled={!login.trim()} fullWidth>
                {t('forgotten.submit')}
              </Button>
            </Stack>
          </form>
        )}
        <Anchor size="sm" ta="center" renderRoot={(props) => <AppLink {...props} href="/sign-in" />}>
          {t('forgotten.back')}
        </Anchor>
      </Stack>
    </DoorFrame>
  );
}
