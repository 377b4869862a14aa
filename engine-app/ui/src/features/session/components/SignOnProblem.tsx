import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useProviders } from '../api/providers';

/** Why a sign-in with a provider has failed, and what to do. */
export function SignOnProblem({ problem, provider }: { problem: string; provider: number | undefined }) {
  const { t, i18n } = useTranslation();
  const name = useProviders().data?.find((one) => one.id === provider)?.name ?? t('signIn.provider');
  const key = i18n.exists(`signIn.problems.${problem}`) ? problem : 'invalid';
  return (
    <Alert
      color={key === 'cancelled' ? 'gray' : 'red'}
      icon={<IconAlertTriangle size={18} />}
      role="alert"
      p="sm"
    >
      {t(`signIn.problems.${key as 'invalid'}`, { name })}
    </Alert>
  );
}
