import { Select, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, FIELD_TYPES, type FieldType } from '@/api/getSchema';
import type { Entity } from '@/api/records';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { useChangeField, useCreateField } from '../api/fields';
import { FormFooter } from '../components/FormFooter';

/** Types whose empty input has room for a hint (SET-096). */
const HINTED = ['text', 'longText', 'wholeNumber', 'decimal', 'money', 'email', 'phone', 'url', 'dropdown'];

/** Kinds of record whose fields administrators arrange. */
export const ARRANGED: readonly Entity[] = ['leads', 'contacts', 'accounts'];

const FLAGS = ['mandatory', 'unique', 'filterable'] as const;
const INPUTS = ['label', 'placeholder', 'help', 'options', 'mandatory', 'unique', 'type'];

interface Props {
  entity: Entity;
  /** Undefined for a new one. */
  field: Field | undefined;
  onDone: () => void;
  onLoadAgain: () => void;
}

/** A field: its name and hints; of a custom one also what its values must be. Key and type stay (SET-094, SET-097). */
export function FieldForm({ entity, field, onDone, onLoadAgain }: Props) {
  const { t } = useTranslation();
  const create = useCreateField(entity);
  const change = useChangeField(entity);
  const saving = field ? change : create;
  const arranged = ARRANGED.includes(entity);
  const custom = field?.system !== true;
  const [values, setValues] = useState({
    label: field?.label ?? '',
    type: field?.type ?? 'text',
    placeholder: field?.placeholder ?? '',
    help: field?.help ?? '',
    link: 'account',
    options: field?.options ?? [],
    listed: field ? field.listed === true : true,
    mandatory: field?.mandatory ?? false,
    unique: field?.unique ?? false,
    filterable: field?.filterable ?? true,
  });
  const set = (some: Partial<typeof values>) => setValues((before) => ({ ...before, ...some }));
  useUnsaved(values, saving.isPending || saving.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(saving.error, INPUTS);
  const choices = values.type === 'dropdown' || values.type === 'multiSelect';
  const done = {
    onSuccess: () => {
      toast(t('common.saved'));
      onDone();
    },
  };
  const submit = () => {
    const { label, type, link, listed, options, placeholder, help, ...flags } = values;
    const words = { placeholder, help };
    if (!field) {
      create.mutate(
        {
          ...words,
          label: label.trim(),
          type,
          ...flags,
          ...(arranged ? { listed } : {}),
          ...(choices ? { options } : {}),
          ...(type === 'recordLink' ? { link } : {}),
        },
        done,
      );
      return;
    }
    // Only what was touched: the marks of a disabled field say what counts while it is, not what it was told.
    const marks = Object.fromEntries(
      (['mandatory', 'unique', 'filterable'] as const)
        .filter((mark) => flags[mark] !== field[mark])
        .map((mark) => [mark, flags[mark]]),
    );
    const own = { ...marks, ...(choices ? { options } : {}) };
    change.mutate(
      {
        field,
        change: {
          ...words,
          // A name that nobody has touched may be that of Leadloom, in the language of the reader.
          ...(label.trim() === field.label ? {} : { label: label.trim() }),
          // What nobody has touched stays as lists usually have it.
          ...(listed !== (field.listed === true) ? { listed } : {}),
          ...(custom ? own : {}),
        },
      },
      done,
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        {elsewhere && (
          <ProblemAlert
            error={saving.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(saving.error) ? onLoadAgain : undefined}
          />
        )}
        <TextInput
          label={t('settings.fields.label')}
          description={t(
            !field
              ? 'settings.fields.keyText'
              : custom
                ? 'settings.fields.keyStays'
                : 'settings.fields.ownName',
            { key: field?.key ?? '' },
          )}
          value={values.label}
          maxLength={250}
          error={errorOf('label')}
          onChange={(event) => set({ label: event.currentTarget.value })}
          required={custom}
          data-autofocus
        />
        {!field && (
          <Select
            label={t('settings.fields.type')}
            data={FIELD_TYPES.map((name) => ({ value: name, label: t(`fieldTypes.${name}`) }))}
            value={values.type as FieldType}
            error={errorOf('type')}
            allowDeselect={false}
            onChange={(next) => set({ type: next ?? 'text' })}
          />
        )}
        {choices && custom && (
          <TagsInput
            label={t('settings.fields.options')}
            description={t('settings.fields.optionsText')}
            value={values.options}
            error={errorOf('options')}
            onChange={(options) => set({ options })}
          />
        )}
        {!field && values.type === 'recordLink' && (
          <Select
            label={t('settings.fields.link')}
            data={[
              { value: 'lead', label: t('nav.leads') },
              { value: 'contact', label: t('nav.contacts') },
              { value: 'account', label: t('nav.accounts') },
            ]}
            value={values.link}
            allowDeselect={false}
            onChange={(next) => set({ link: next ?? 'account' })}
          />
        )}
        {arranged && HINTED.includes(values.type) && (
          <TextInput
            label={t('settings.fields.placeholder')}
            description={t('settings.fields.placeholderText')}
            value={values.placeholder}
            maxLength={250}
            error={errorOf('placeholder')}
            onChange={(event) => set({ placeholder: event.currentTarget.value })}
          />
        )}
        {arranged && (
          <Textarea
            label={t('settings.fields.help')}
            description={t('settings.fields.helpText')}
            value={values.help}
            maxLength={1000}
            autosize
            minRows={1}
            maxRows={4}
            error={errorOf('help')}
            onChange={(event) => set({ help: event.currentTarget.value })}
          />
        )}
        {arranged && custom && (
          <Switch
            label={t('settings.fields.listed')}
            description={t('settings.fields.listedText')}
            checked={values.listed}
            onChange={(event) => set({ listed: event.currentTarget.checked })}
          />
        )}
        {custom &&
          FLAGS.map((flag) => (
            <Switch
              key={flag}
              label={t(`settings.fields.${flag}`)}
              description={t(`settings.fields.${flag}Text`)}
              checked={values[flag]}
              onChange={(event) => set({ [flag]: event.currentTarget.checked })}
            />
          ))}
        <FormFooter
          submit={t(field ? 'common.save' : 'common.create')}
          loading={saving.isPending}
          disabled={(custom && !values.label.trim()) || (custom && choices && values.options.length === 0)}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
