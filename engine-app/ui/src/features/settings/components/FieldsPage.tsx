import {
  ActionIcon,
  Badge,
  Button,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, FIELD_TYPES, type FieldType, useFields } from '@/api/getSchema';
import { type Entity, ENTITIES } from '@/api/records';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useUnsaved } from '@/components/unsaved';
import { keyFrom, useCreateField } from '../api/fields';
import { DeleteField } from './DeleteField';
import { Section } from './Section';

const SHOWN = ['leads', 'contacts', 'accounts', 'tasks'] as const;

function NewFieldForm({ entity, onDone }: { entity: Entity; onDone: () => void }) {
  const { t } = useTranslation();
  const create = useCreateField(entity);
  const [label, setLabel] = useState('');
  const [key, setKey] = useState<string | null>(null);
  const [type, setType] = useState<FieldType>('text');
  const [options, setOptions] = useState<string[]>([]);
  const [link, setLink] = useState('account');
  const [flags, setFlags] = useState({ mandatory: false, unique: false, filterable: true });
  useUnsaved({ label, key, type, options, link, flags }, create.isPending || create.isSuccess);
  const choices = type === 'dropdown' || type === 'multiSelect';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(
          {
            key: key ?? keyFrom(label),
            label: label.trim(),
            type,
            ...flags,
            ...(choices ? { options } : {}),
            ...(type === 'recordLink' ? { link } : {}),
          },
          { onSuccess: onDone },
        );
      }}
    >
      <Stack gap="sm">
        {create.error && <ProblemAlert error={create.error} />}
        <TextInput
          label={t('settings.fields.label')}
          value={label}
          onChange={(event) => setLabel(event.currentTarget.value)}
          required
          maxLength={80}
          data-autofocus
        />
        <TextInput
          label={t('settings.fields.key')}
          description={t('settings.fields.keyText')}
          value={key ?? keyFrom(label)}
          onChange={(event) => setKey(event.currentTarget.value)}
          required
        />
        <Select
          label={t('settings.fields.type')}
          data={FIELD_TYPES.map((name) => ({ value: name, label: t(`fieldTypes.${name}`) }))}
          value={type}
          allowDeselect={false}
          onChange={(next) => setType((next ?? 'text') as FieldType)}
        />
        {choices && (
          <TagsInput
            label={t('settings.fields.options')}
            description={t('settings.fields.optionsText')}
            value={options}
            onChange={setOptions}
          />
        )}
        {type === 'recordLink' && (
          <Select
            label={t('settings.fields.link')}
            data={[
              { value: 'lead', label: t('nav.leads') },
              { value: 'contact', label: t('nav.contacts') },
              { value: 'account', label: t('nav.accounts') },
            ]}
            value={link}
            allowDeselect={false}
            onChange={(next) => setLink(next ?? 'account')}
          />
        )}
        {(['mandatory', 'unique', 'filterable'] as const).map((flag) => (
          <Switch
            key={flag}
            label={t(`settings.fields.${flag}`)}
            description={t(`settings.fields.${flag}Text`)}
            checked={flags[flag]}
            onChange={(event) => {
              const { checked } = event.currentTarget;
              setFlags((before) => ({ ...before, [flag]: checked }));
            }}
          />
        ))}
        <Button
          type="submit"
          loading={create.isPending}
          disabled={!label.trim() || (choices && options.length === 0)}
        >
          {t('common.create')}
        </Button>
      </Stack>
    </form>
  );
}

export function FieldsPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const { entity: wanted } = useSearch({ from: '/shell/settings/fields' });
  const entity = ENTITIES.find((name) => name === wanted) ?? 'leads';
  const fields = useFields(entity);
  const mayAdd = useMay('schema', 'create');
  const mayDelete = useMay('schema', 'delete');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Field | null>(null);
  const typeName = (type: string) =>
    i18n.exists(`fieldTypes.${type}`) ? t(`fieldTypes.${type as FieldType}`) : type;

  return (
    <Section
      title={t('settings.pages.fields')}
      text={t('settings.fields.what')}
      action={
        mayAdd && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>
            {t('settings.fields.add')}
          </Button>
        )
      }
    >
      <SegmentedControl
        mb="sm"
        aria-label={t('settings.fields.of')}
        value={entity}
        onChange={(next) => void navigate({ to: '/settings/fields', search: { entity: next } })}
        data={SHOWN.map((name) => ({ value: name, label: t(`nav.${name}`) }))}
      />
      {fields.error ? (
        <ProblemAlert error={fields.error} onRetry={() => void fields.refetch()} />
      ) : fields.isPending ? (
        <PageSkeleton />
      ) : (
        <DataTable
          label={t('settings.pages.fields')}
          items={fields.data}
          rowKey={(field) => field.key}
          columns={[
            { key: 'label', label: t('settings.fields.label'), cell: (field) => field.label },
            { key: 'key', label: t('settings.fields.key'), cell: (field) => <code>{field.key}</code> },
            { key: 'type', label: t('settings.fields.type'), cell: (field) => typeName(field.type) },
            {
              key: 'marks',
              label: t('settings.fields.marks'),
              cell: (field) =>
                (!field.system || field.mandatory || field.unique || field.filterable === false) && (
                  <Group gap={4}>
                    {field.mandatory && <Badge color="gray">{t('settings.fields.mandatory')}</Badge>}
                    {field.unique && <Badge color="gray">{t('settings.fields.unique')}</Badge>}
                    {field.filterable === false && (
                      <Badge color="gray">{t('settings.fields.notFilterable')}</Badge>
                    )}
                    {!field.system && <Badge>{t('settings.fields.custom')}</Badge>}
                  </Group>
                ),
            },
            {
              key: 'actions',
              label: '',
              width: 48,
              cell: (field) =>
                mayDelete && !field.system ? (
                  <ActionIcon
                    aria-label={t('settings.fields.delete', { name: field.label })}
                    onClick={() => setRemoving(field)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                ) : null,
            },
          ]}
        />
      )}
      <FormDialog opened={adding} onClose={() => setAdding(false)} title={t('settings.fields.add')}>
        {adding && <NewFieldForm entity={entity} onDone={() => setAdding(false)} />}
      </FormDialog>
      {removing && (
        <DeleteField key={removing.key} entity={entity} field={removing} onClose={() => setRemoving(null)} />
      )}
    </Section>
  );
}
