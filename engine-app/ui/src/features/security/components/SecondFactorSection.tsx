import { Badge, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  useBeginEnrolment,
  useNewRecoveryCodes,
  useRemoveSecondFactor,
  useSecondFactor,
} from '@/api/secondFactor';
import { Enrolment } from '@/components/Enrolment';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { RecoveryCodes } from '@/components/RecoveryCodes';
import { toast } from '@/components/toasts';

type Wish = 'on' | 'off' | 'codes';

/** The own second factor: on, off, new recovery codes; each asks for the password. */
export function SecondFactorSection() {
  const { t } = useTranslation();
  const state = useSecondFactor();
  const begin = useBeginEnrolment();
  const remove = useRemoveSecondFactor();
  const renew = useNewRecoveryCodes();
  const [wish, setWish] = useState<Wish>();
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<string[]>();

  if (state.error) return <ProblemAlert error={state.error} onRetry={() => void state.refetch()} />;
  if (state.isPending) return <PageSkeleton />;

  const asking = wish === 'on' ? begin : wish === 'off' ? remove : renew;
  const { errorOf, elsewhere } = fieldErrors(asking.error, ['password']);
  const close = () => {
    setWish(undefined);
    setPassword('');
    setCodes(undefined);
    begin.reset();
    remove.reset();
    renew.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish === 'on') begin.mutate(password);
    if (wish === 'codes') renew.mutate(password, { onSuccess: (answer) => setCodes(answer.recoveryCodes) });
    if (wish === 'off')
      remove.mutate(password, {
        onSuccess: () => {
          toast(t('secondFactor.off'));
          close();
        },
      });
  };
  const titles = {
    on: t('secondFactor.setUp'),
    off: t('secondFactor.switchOff'),
    codes: t('secondFactor.newCodes'),
  };

  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Badge color={state.data.enabled ? 'loom' : 'gray'}>
          {state.data.enabled ? t('secondFactor.isOn') : t('secondFactor.isOff')}
        </Badge>
        {state.data.enabled && (
          <Text size="sm" c="dimmed">
            {t('secondFactor.left', { count: state.data.recoveryCodesLeft })} ·{' '}
            <Moment at={state.data.since} />
          </Text>
        )}
      </Group>
      {state.data.mandated && <Text size="sm">{t('secondFactor.mandated')}</Text>}
      <Group gap="xs">
        {state.data.enabled ? (
          <>
            <Button variant="default" onClick={() => setWish('codes')}>
              {t('secondFactor.newCodes')}
            </Button>
            <Button
              variant="default"
              color="red"
              disabled={state.data.mandated}
              onClick={() => setWish('off')}
            >
              {t('secondFactor.switchOff')}
            </Button>
          </>
        ) : (
          <Button onClick={() => setWish('on')}>{t('secondFactor.setUp')}</Button>
        )}
      </Group>
      <Modal
        opened={wish !== undefined}
        onClose={close}
        title={wish && titles[wish]}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {codes ? (
          <RecoveryCodes codes={codes} onDone={close} />
        ) : wish === 'on' && begin.data ? (
          <Enrolment enrolment={begin.data} onConfirmed={setCodes} />
        ) : (
          <form onSubmit={submit}>
            <Stack gap="sm">
              <PasswordInput
                label={t('security.currentPassword')}
                description={t('secondFactor.password')}
                autoComplete="current-password"
                value={password}
                error={errorOf('password')}
                onChange={(event) => setPassword(event.currentTarget.value)}
                data-autofocus
                required
                withAsterisk={false}
              />
              {elsewhere && <ProblemAlert error={asking.error} />}
              <Group justify="flex-end" gap="xs">
                <Button variant="default" onClick={close}>
                  {t('common.cancel')}
                </Button>
                <Button
                  type="submit"
                  color={wish === 'off' ? 'red' : undefined}
                  loading={asking.isPending}
                  disabled={!password}
                >
                  {wish && titles[wish]}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </Modal>
    </Stack>
  );
}
