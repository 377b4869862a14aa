import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FieldInput } from '@/components/fields/FieldInput';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { useDraft } from '@/lib/draft';
import { type Employment, useEmploy, useEmployment } from '../api/partnerCompany';
import type { ListedUser } from '../api/users';

interface Props {
  user: ListedUser;
  onDone: () => void;
}

/** For which partner company somebody works, whose leads are then all that this person sees (LEAD-007). */
export function PartnerCompany({ user, onDone }: Props) {
  const { t } = useTranslation();
  const employment = useEmployment(user.id);
  if (employment.error && !employment.data) {
    return <ProblemAlert error={employment.error} onRetry={() => void employment.refetch()} />;
  }
  if (!employment.data) return <PageSkeleton rows={2} />;
  if ((user.roles ?? []).includes('crm_admin')) {
    return (
      <Alert color="gray" p="sm">
        {t('settings.partner.administrator')}
      </Alert>
    );
  }
  return (
    <Form
      user={user}
      present={employment.data}
      onDone={onDone}
      onLoadAgain={async () => {
        const again = await employment.refetch();
        return again.isSuccess ? again.data : undefined;
      }}
    />
  );
}

const valuesOf = ({ account }: Employment) => ({ account: account ?? null });

function Form({
  user,
  present,
  onDone,
  onLoadAgain,
}: Props & { present: Employment; onLoadAgain: () => Promise<Employment | undefined> }) {
  const { t } = useTranslation();
  const employ = useEmploy(user.id);
  const draft = useDraft(present, valuesOf);
  useUnsaved(draft.dirty, employ.isPending || employ.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(employ.error, ['account']);
  const loadAgain = async () => {
    const again = await onLoadAgain();
    if (!again) return;
    draft.take(again);
    employ.reset();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        employ.mutate(
          { version: draft.version, account: draft.values.account },
          {
            onSuccess: () => {
              toast(t('common.saved'));
              onDone();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {elsewhere && (
          <ProblemAlert
            error={employ.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(employ.error) ? () => void loadAgain() : undefined}
          />
        )}
        <Text size="sm" c="dimmed">
          {t('settings.partner.what', { name: user.name })}
        </Text>
        <FieldInput
          field={{ key: 'partnerCompany', type: 'recordLink', link: 'account', mandatory: false }}
          label={t('settings.users.tabs.partner')}
          value={draft.values.account}
          error={errorOf('account')}
          onChange={(account) => draft.change({ account: typeof account === 'number' ? account : null })}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={employ.isPending} disabled={!draft.dirty}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
