import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Setting } from '@/features/automations/api/getCatalogue';
import { type FormContext, isShown, type Settings, withSetting } from './inputs';
import { SettingInput } from './SettingInput';

interface Props extends FormContext {
  /** What can be set, from the card's or trigger's description. */
  form: Setting[];
  settings: Settings;
  onChange: (settings: Settings) => void;
}

/** A form made from the description of a card. */
export function SettingsForm({ form, settings, onChange, ...context }: Props) {
  const { t } = useTranslation();
  if (form.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('editor.nothingToSet')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {form
        .filter((setting) => isShown(setting, settings))
        .map((setting) => (
          <SettingInput
            key={setting.key}
            {...context}
            setting={setting}
            value={settings[setting.key] ?? setting.default}
            onChange={(value) => onChange(withSetting(form, settings, setting.key, value))}
          />
        ))}
    </Stack>
  );
}
