import { Anchor, Button, Code, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { secondStepOf } from '@/api/secondFactor';
import { useSession, useSignIn } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Problem } from '@/lib/http';
import { useSetUp } from '../api/getSetUp';
import { DoorFrame } from './DoorFrame';
import { FirstAdministratorForm } from './FirstAdministratorForm';
import { ProviderButtons } from './ProviderButtons';
import { EnrolmentStep, SecondStepForm } from './SecondStepForm';
import { SignOnProblem } from './SignOnProblem';

/** Keeps the address that somebody wanted to open (PLT-D14). */
function mobileAddress(app: string, next: string | undefined): string {
  return next?.startsWith('/') && !next.startsWith('//') ? app.replace(/\/$/, '') + next : app;
}

const SAMPLES = ['admin', 'manager', 'sales'];

export function SignInScreen() {
  const { t } = useTranslation();
  const { next, step: asked, problem, provider } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const session = useSession();
  const setUp = useSetUp();
  const signIn = useSignIn();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');

  const signedIn = session.data != null;
  const redirect = session.data?.redirect;
  useEffect(() => {
    if (redirect) window.location.replace(mobileAddress(redirect, next));
    else if (signedIn)
      void navigate({ href: next?.startsWith('/') && !next.startsWith('//') ? next : '/', replace: true });
  }, [signedIn, navigate, next, redirect]);

  const back = () => {
    signIn.reset();
    if (asked) void navigate({ to: '/sign-in', search: next ? { next } : {}, replace: true });
  };

  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ login, password });
  };

  // The server's session knows whether it waits for the step; the address only says which one to show.
  const step = secondStepOf(signIn.error) ?? asked;
  const status = signIn.error instanceof Problem ? signIn.error.status : 0;
  const wrong = status === 401 ? t('signIn.wrong') : status === 429 ? t('signIn.wait') : undefined;

  return (
    <DoorFrame
      below={
        !step &&
        setUp.data?.samples && (
          <Text size="xs" c="dimmed" ta="center" mt="md">
            {t('signIn.samples')}{' '}
            {SAMPLES.map((name, index) => (
              <span key={name}>
                {index > 0 && ' · '}
                <Anchor
                  component="button"
                  type="button"
                  size="xs"
                  onClick={() => signIn.mutate({ login: name, password: 'leadloom' })}
                >
                  {name}
                </Anchor>
              </span>
            ))}
            <br />
            {t('signIn.samplesPassword')} <Code fz="xs">leadloom</Code>
          </Text>
        )
      }
    >
      {step === 'code' ? (
        <SecondStepForm onBack={back} />
      ) : step === 'enrolment' ? (
        // The first answer brings the cookie that the next call repeats.
        session.isFetched && <EnrolmentStep />
      ) : setUp.data?.needed ? (
        <FirstAdministratorForm onDone={(name, secret) => signIn.mutate({ login: name, password: secret })} />
      ) : (
        <>
          <form onSubmit={submit}>
            <Stack gap="sm">
              {problem && !signIn.isPending && !signIn.error && (
                <SignOnProblem problem={problem} provider={provider} />
              )}
              <TextInput
                label={t('signIn.login')}
                value={login}
                onChange={(event) => setLogin(event.currentTarget.value)}
                autoComplete="username"
                autoFocus
                required
                withAsterisk={false}
              />
              <PasswordInput
                label={t('signIn.password')}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                required
                withAsterisk={false}
              />
              {wrong ? (
                <Text size="sm" c="var(--ll-bad)" role="alert">
                  {wrong}
                </Text>
              ) : (
                signIn.error && <ProblemAlert error={signIn.error} />
              )}
              <Button type="submit" size="sm" loading={signIn.isPending} fullWidth mt="xs">
                {t('signIn.submit')}
              </Button>
              <Anchor
                size="sm"
                ta="center"
                renderRoot={(props) => <AppLink {...props} href="/forgot-password" />}
              >
                {t('forgotten.link')}
              </Anchor>
            </Stack>
          </form>
          <ProviderButtons next={next} />
        </>
      )}
    </DoorFrame>
  );
}
