import { Button, Group, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Switches, useFeatures, useSwitch } from '@/api/features';
import { useMay } from '@/api/rights';
import { LeaveGuard } from '@/components/LeaveGuard';
import { PageSkeleton } from '@/components/PageSkeleton';
import { isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDraft } from '@/lib/draft';
import { Section } from './Section';

const FEATURES = ['imports', 'starts', 'mailbox', 'sharing', 'shareCard'] as const;

const featuresOf = (switches: Switches) => ({ ...switches.features });

function SwitchesForm({
  switches,
  onLoadAgain,
}: {
  switches: Switches;
  onLoadAgain: () => Promise<Switches | undefined>;
}) {
  const { t } = useTranslation();
  const save = useSwitch();
  const mayEdit = useMay('settings', 'edit');
  const draft = useDraft(switches, featuresOf);
  const { values: on, dirty } = draft;
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
          { features: on, version: draft.version },
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
        {FEATURES.map((key) => (
          <Switch
            key={key}
            label={t(`features.${key}.label`)}
            description={t(`features.${key}.text`)}
            checked={on[key] ?? true}
            disabled={!mayEdit}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              draft.change({ [key]: checked });
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

/** What of Leadloom is switched on (SET-029, SET-030). */
export function FeaturesPage() {
  const { t } = useTranslation();
  const switches = useFeatures();
  return (
    <Section title={t('settings.pages.features')} text={t('features.what')}>
      {switches.error && !switches.data ? (
        <ProblemAlert error={switches.error} onRetry={() => void switches.refetch()} />
      ) : !switches.data ? (
        <PageSkeleton rows={3} />
      ) : (
        <SwitchesForm
          switches={switches.data}
          onLoadAgain={async () => {
            const present = await switches.refetch();
            return present.isSuccess ? present.data : undefined;
          }}
        />
      )}
    </Section>
  );
}
