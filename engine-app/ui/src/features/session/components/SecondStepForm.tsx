import { Button, Checkbox, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeginEnrolment, useSecondStep } from '@/api/secondFactor';
import { sessionKey } from '@/api/session';
import { Enrolment } from '@/components/Enrolment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { RecoveryCodes } from '@/components/RecoveryCodes';
import { Problem } from '@/lib/http';

/** The second step of a sign-in: a code of the app, or a recovery code. */
export function SecondStepForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation();
  const step = useSecondStep();
  const [code, setCode] = useState('');
  const [remember, setRemember] = useState(false);
  const status = step.error instanceof Problem ? step.error.status : 0;
  const wrong = violationsOf(step.error).some((entry) => entry.field === 'code');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    step.mutate({ code, remember });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Title order={2}>{t('secondFactor.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('secondFactor.enter')}
        </Text>
        <TextInput
          label={t('secondFactor.code')}
          value={code}
          error={
            wrong
              ? t('secondFactor.wrong')
              : status === 429
                ? t('signIn.wait')
                : status === 401
                  ? t('secondFactor.tooLate')
                  : undefined
          }
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          autoFocus
          required
          withAsterisk={false}
        />
        <Checkbox
          label={t('secondFactor.remember')}
          checked={remember}
          onChange={(event) => setRemember(event.currentTarget.checked)}
        />
        {step.error && !wrong && status !== 429 && status !== 401 && <ProblemAlert error={step.error} />}
        <Button type="submit" size="sm" loading={step.isPending} disabled={!code.trim()} fullWidth>
          {t('signIn.submit')}
        </Button>
        <Button variant="subtle" size="sm" onClick={onBack} fullWidth>
          {t('forgotten.back')}
        </Button>
      </Stack>
    </form>
  );
}

/** A sign-in for which a second factor has to be set up first. */
export function EnrolmentStep() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const begin = useBeginEnrolment();
  const { mutate } = begin;
  const [codes, setCodes] = useState<string[]>();
  useEffect(() => mutate(''), [mutate]);

  return (
    <Stack gap="sm">
      <Title order={2}>{t('secondFactor.setUp')}</Title>
      {codes ? (
        <RecoveryCodes codes={codes} onDone={() => void client.invalidateQueries({ queryKey: sessionKey })} />
      ) : begin.error ? (
        <ProblemAlert error={begin.error} onRetry={() => mutate('')} />
      ) : begin.data ? (
        <>
          <Text size="sm" c="dimmed">
            {t('secondFactor.mandated')}
          </Text>
          <Enrolment enrolment={begin.data} onConfirmed={setCodes} />
        </>
      ) : (
        <PageSkeleton />
      )}
    </Stack>
  );
}
