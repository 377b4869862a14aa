import { Button, Group, MultiSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTypes } from '@/api/getTypes';
import type { LeadTab, TabValues } from '@/api/leadPage';
import { ListsProblem } from '@/components/ListsProblem';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { useUnsaved } from '@/components/unsaved';

interface Props {
  tab: LeadTab | undefined;
  /** The refusal of what was sent last. */
  error?: unknown;
  busy?: boolean;
  settled?: boolean;
  onSave: (values: TabValues) => void;
  onCancel: () => void;
}

/** A tab that somebody makes: of activities of some types, or of a page of somebody else (PLT-041 to PLT-043). */
export function TabForm({ tab, error, busy = false, settled = false, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const types = useTypes('activity-types');
  const [kind, setKind] = useState<TabValues['kind']>(tab?.kind === 'custom' ? 'custom' : 'activity');
  const [name, setName] = useState(tab?.name ?? '');
  const [activityTypes, setActivityTypes] = useState(tab?.activityTypes ?? []);
  const [url, setUrl] = useState(tab?.url ?? '');
  const [tried, setTried] = useState(false);
  const label = useId();
  useUnsaved({ kind, name, activityTypes, url }, busy || settled);
  const { errorOf, elsewhere } = fieldErrors(error, ['name', 'activityTypes', 'url']);
  const wrong = {
    name: name.trim() === '' ? t('leadPage.form.nameMissing') : undefined,
    activityTypes:
      kind === 'activity' && activityTypes.length === 0 ? t('leadPage.form.typesMissing') : undefined,
    url:
      kind === 'custom' && !/^https:\/\/[^\s/?#{}]+/i.test(url.trim())
        ? t('leadPage.form.notHttps')
        : undefined,
  };
  const said = (field: keyof typeof wrong) => (tried ? wrong[field] : undefined) ?? errorOf(field);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // The form may stand within another one.
        event.stopPropagation();
        setTried(true);
        if (!Object.values(wrong).some(Boolean)) onSave({ kind, name: name.trim(), activityTypes, url });
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={error} />}
        <ListsProblem lists={[types]} />
        <div>
          <Text size="sm" fw={500} id={label} mb={4}>
            {t('leadPage.form.kind')}
          </Text>
          <SegmentedControl
            aria-labelledby={label}
            size="xs"
            value={kind}
            onChange={(next) => setKind(next === 'custom' ? 'custom' : 'activity')}
            data={[
              { value: 'activity', label: t('leadPage.form.activity') },
              { value: 'custom', label: t('leadPage.form.custom') },
            ]}
          />
        </div>
        <TextInput
          label={t('leadPage.form.name')}
          value={name}
          maxLength={60}
          error={said('name')}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          autoFocus
          data-autofocus
        />
        {kind === 'activity' ? (
          <MultiSelect
            label={t('leadPage.form.types')}
            description={t('leadPage.form.typesText')}
            data={(types.data ?? []).map((type) => ({ value: type.key, label: type.label }))}
            value={activityTypes}
            error={said('activityTypes')}
            onChange={setActivityTypes}
            searchable
            required
            nothingFoundMessage={t('list.nothingFound')}
          />
        ) : (
          <TextInput
            label={t('leadPage.form.url')}
            description={t('leadPage.form.urlText', { example: '{{lead.email}}' })}
            placeholder="https://"
            inputMode="url"
            value={url}
            maxLength={2000}
            error={said('url')}
            onChange={(event) => setUrl(event.currentTarget.value)}
            required
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
