import { Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { useConfirmEnrolment } from '@/api/secondFactor';

interface Props {
  enrolment: { secret: string; svg: string };
  onConfirmed: (recoveryCodes: string[]) => void;
}

/** Shows the secret to an authenticator app and takes the first code of the app. */
export function Enrolment({ enrolment, onConfirmed }: Props) {
  const { t } = useTranslation();
  const confirm = useConfirmEnrolment();
  const [code, setCode] = useState('');
  const violations = violationsOf(confirm.error);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(code, { onSuccess: (answer) => onConfirmed(answer.recoveryCodes) });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Text size="sm">{t('secondFactor.scan')}</Text>
        <Group justify="center">
          <img
            src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolment.svg)}`}
            alt={t('secondFactor.qr')}
            width={200}
            height={200}
          />
        </Group>
        <Text size="xs" c="dimmed">
          {t('secondFactor.orType')} <Code style={{ overflowWrap: 'anywhere' }}>{enrolment.secret}</Code>
        </Text>
        <TextInput
          label={t('secondFactor.code')}
          value={code}
          error={violations.find((entry) => entry.field === 'code') && t('secondFactor.wrong')}
          onChange={(event) => setCode(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          required
          withAsterisk={false}
        />
        {confirm.error && violations.length === 0 && <ProblemAlert error={confirm.error} />}
        <Button type="submit" loading={confirm.isPending} disabled={!code.trim()}>
          {t('secondFactor.switchOn')}
        </Button>
      </Stack>
    </form>
  );
}
