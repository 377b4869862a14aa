import { Button, Group, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Switches, useFeatures, useSwitch } from '@/api/features';
import { useMay } from '@/api/rights';
import { LeaveGuard } from '@/components/LeaveGuard';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { Section } from './Section';

const FEATURES = ['imports', 'starts', 'mailbox'] as const;

function SwitchesForm({ switches }: { switches: Switches }) {
  const { t } = useTranslation();
  const save = useSwitch();
  const mayEdit = useMay('settings', 'edit');
  const [on, setOn] = useState(switches.features);
  const dirty = FEATURES.some((key) => on[key] !== switches.features[key]);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { features: on, version: switches.version },
          { onSuccess: () => toast(t('common.saved')) },
        );
      }}
    >
      <LeaveGuard dirty={dirty && !save.isPending} />
      <Stack gap="md" maw={640}>
        {save.error && <ProblemAlert error={save.error} />}
        {FEATURES.map((key) => (
          <Switch
            key={key}
            label={t(`features.${key}.label`)}
            description={t(`features.${key}.text`)}
            checked={on[key] ?? true}
            disabled={!mayEdit}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setOn((before) => ({ ...before, [key]: checked }));
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
      {switches.error ? (
        <ProblemAlert error={switches.error} onRetry={() => void switches.refetch()} />
      ) : switches.isPending ? (
        <PageSkeleton rows={3} />
      ) : (
        <SwitchesForm key={switches.data.version} switches={switches.data} />
      )}
    </Section>
  );
}
