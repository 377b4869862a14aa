import { Button, Group, Stack, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useMay } from '@/api/rights';
import { LeaveGuard } from '@/components/LeaveGuard';
import { PageSkeleton } from '@/components/PageSkeleton';
import { isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDraft } from '@/lib/draft';
import { call, get } from '@/lib/http';
import { Section } from './Section';

const schema = z.looseObject({ duplicateContacts: z.boolean(), version: z.number() });
type General = z.infer<typeof schema>;

const SWITCHES = ['duplicateContacts'] as const;
const key = ['settings', 'general'];
const switchesOf = ({ duplicateContacts }: General) => ({ duplicateContacts });

function SwitchesForm({
  general,
  onLoadAgain,
}: {
  general: General;
  onLoadAgain: () => Promise<General | undefined>;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (wanted: General) => call('PUT', schema, '/settings/general', wanted),
    onSuccess: (saved) => client.setQueryData(key, saved),
  });
  const mayEdit = useMay('settings', 'edit');
  const draft = useDraft(general, switchesOf);
  const { values, dirty } = draft;
  const loadAgain = async () => {
    const present = await onLoadAgain();
    if (!present) return;
    draft.take(present);
    save.reset();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { ...values, version: draft.version },
          {
            onSuccess: (saved) => {
              draft.take(saved);
              toast(t('common.saved'));
            },
          },
        );
      }}
    >
      <LeaveGuard dirty={dirty && !save.isPending} />
      <Stack gap="md" maw={640}>
        {save.error && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? () => void loadAgain() : undefined}
          />
        )}
        {SWITCHES.map((one) => (
          <Switch
            key={one}
            label={t(`general.${one}.label`)}
            description={t(`general.${one}.text`)}
            checked={values[one]}
            disabled={!mayEdit}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              draft.change({ [one]: checked });
            }}
          />
        ))}
        {mayEdit && (
          <Group>
            <Button type="submit" loading={save.isPending} disabled={!dirty}>
              {t('common.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Switches that hold for the whole account (SET-013, SET-015). */
export function GeneralPage() {
  const { t } = useTranslation();
  const general = useQuery({ queryKey: key, queryFn: () => get(schema, '/settings/general') });
  return (
    <Section title={t('settings.pages.general')} text={t('general.what')}>
      {general.error && !general.data ? (
        <ProblemAlert error={general.error} onRetry={() => void general.refetch()} />
      ) : !general.data ? (
        <PageSkeleton rows={2} />
      ) : (
        <SwitchesForm
          general={general.data}
          onLoadAgain={async () => {
            const present = await general.refetch();
            return present.isSuccess ? present.data : undefined;
          }}
        />
      )}
    </Section>
  );
}
