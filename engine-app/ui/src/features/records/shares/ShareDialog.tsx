import { Button, Group, NumberInput, Select, SegmentedControl, Stack, Text } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { SHARE_ACCESS, SHARE_UNITS, type ShareAccess, useShare } from '@/api/shares';
import { FormDialog } from '@/components/FormDialog';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { formatMoment } from '@/lib/format';

interface Props {
  opportunity: number;
  owner: unknown;
  onClose: () => void;
}

function Form({ opportunity, owner, onClose }: Props) {
  const { t } = useTranslation();
  const share = useShare(opportunity);
  const users = useUsers();
  const accessId = useId();
  const [user, setUser] = useState<string | null>(null);
  const [access, setAccess] = useState<ShareAccess>('view');
  const [amount, setAmount] = useState<string | number>(1);
  const [unit, setUnit] = useState<string>('days');
  useUnsaved({ user, access, amount, unit }, share.isPending || share.isSuccess);
  const violations = violationsOf(share.error);
  const errorOf = (key: string) => violations.find(({ field }) => field === key)?.expectation;
  const people = (users.data ?? []).filter(({ id, active }) => active !== false && id !== owner);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (user === null || share.isPending) return;
        share.mutate(
          { user: Number(user), access, duration: { amount: Number(amount), unit } },
          {
            onSuccess: (made) => {
              if (made.status === 'failed') {
                toast(t('shares.refused', { reason: made.reason }), { kind: 'bad' });
              } else {
                toast(
                  t('shares.shared', {
                    name: people.find(({ id }) => id === made.user)?.name,
                    when: formatMoment(made.expiresAt ?? made.requestedAt),
                  }),
                );
              }
              onClose();
            },
          },
        );
      }}
    >
      <Stack gap="md">
        {share.error && violations.length === 0 && <ProblemAlert error={share.error} />}
        {users.error && <ProblemAlert error={users.error} onRetry={() => void users.refetch()} />}
        <Select
          label={t('shares.whom')}
          data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={user}
          onChange={setUser}
          searchable
          openOnFocus={false}
          required
          nothingFoundMessage={t('list.nothingFound')}
          error={errorOf('user')}
          data-autofocus
        />
        <div>
          <Text size="sm" fw={600} mb={4} id={accessId}>
            {t('shares.access')}
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby={accessId}
            data={SHARE_ACCESS.map((value) => ({ value, label: t(`shares.accesses.${value}`) }))}
            value={access}
            onChange={(next) => setAccess(next as ShareAccess)}
          />
        </div>
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <NumberInput
            label={t('shares.for')}
            flex={1}
            min={1}
            allowDecimal={false}
            required
            value={amount}
            onChange={setAmount}
            error={errorOf('duration')}
          />
          <Select
            aria-label={t('filter.unit')}
            w={130}
            allowDeselect={false}
            data={SHARE_UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
            value={unit}
            onChange={(next) => setUnit(next ?? 'days')}
          />
        </Group>
        <Text size="sm" c="dimmed">
          {t('shares.what')}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={share.isPending} disabled={user === null || !amount}>
            {t('shares.share')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Shares an opportunity with somebody for a time (AUT-066, AUT-078). */
export function ShareDialog(props: Props) {
  const { t } = useTranslation();
  return (
    <FormDialog opened onClose={props.onClose} title={t('shares.shareTitle')}>
      <Form {...props} />
    </FormDialog>
  );
}
