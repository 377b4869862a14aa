import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { useCreateFirstAdministrator } from '../api/createFirstAdministrator';

const SHORTEST = 12;

/** An empty installation asks for its first administrator. */
export function FirstAdministratorForm({ onDone }: { onDone: (login: string, password: string) => void }) {
  const { t } = useTranslation();
  const create = useCreateFirstAdministrator();
  const [values, setValues] = useState({ name: '', login: '', password: '' });
  const set = (key: keyof typeof values) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    setValues((before) => ({ ...before, [key]: value }));
  };
  const refused = (key: string) =>
    violationsOf(create.error).find((entry) => entry.field === key)?.expectation;
  const tooShort = values.password !== '' && values.password.length < SHORTEST;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(values, { onSuccess: () => onDone(values.login, values.password) });
      }}
    >
      <Stack gap="sm">
        <Title order={2}>{t('setUp.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('setUp.text')}
        </Text>
        <TextInput
          label={t('setUp.name')}
          value={values.name}
          onChange={set('name')}
          error={refused('name')}
          autoComplete="name"
          autoFocus
          required
        />
        <TextInput
          label={t('signIn.login')}
          value={values.login}
          onChange={set('login')}
          error={refused('login')}
          autoComplete="username"
          required
        />
        <PasswordInput
          label={t('signIn.password')}
          description={t('setUp.password', { count: SHORTEST })}
          value={values.password}
          onChange={set('password')}
          error={refused('password') ?? (tooShort ? t('setUp.short', { count: SHORTEST }) : undefined)}
          autoComplete="new-password"
          required
        />
        {create.error && violationsOf(create.error).length === 0 && <ProblemAlert error={create.error} />}
        <Button
          type="submit"
          size="sm"
          loading={create.isPending}
          disabled={values.password.length < SHORTEST || !values.login || !values.name}
        >
          {t('setUp.submit')}
        </Button>
      </Stack>
    </form>
  );
}
