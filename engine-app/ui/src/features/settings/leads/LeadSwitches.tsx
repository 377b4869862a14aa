import { Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type LeadSettings, useLeadSettings } from '@/api/getChoices';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useSaveLeadSettings } from './choices';

interface Props {
  keys: readonly (keyof LeadSettings & string)[];
  mayEdit: boolean;
}

/** Switches of how leads are worked with; each is saved as it is switched. */
export function LeadSwitches({ keys, mayEdit }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const settings = useLeadSettings();
  const save = useSaveLeadSettings();
  if (settings.error && !settings.data) {
    return <ProblemAlert error={settings.error} onRetry={() => void settings.refetch()} />;
  }
  if (!settings.data) return <PageSkeleton rows={keys.length} />;
  const { data } = settings;
  return (
    <Stack gap="md">
      {keys.map((key) => (
        <Switch
          key={key}
          label={t(`leadSettings.switches.${key as 'stageComments'}.label`)}
          description={t(`leadSettings.switches.${key as 'stageComments'}.text`)}
          checked={
            save.isPending && key in save.variables ? Boolean(save.variables[key]) : Boolean(data[key])
          }
          disabled={!mayEdit}
          onChange={(event) =>
            save.mutate(
              { [key]: event.currentTarget.checked },
              {
                onSuccess: () => toast(t('common.saved')),
                onError: (error) => toast(problemText(error), { kind: 'bad' }),
              },
            )
          }
        />
      ))}
    </Stack>
  );
}
