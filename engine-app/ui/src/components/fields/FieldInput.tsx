import { Group, MultiSelect, NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '@/api/getSchema';
import { usePartnerPeople, useUsers } from '@/api/getUsers';
import { useRecords } from '@/api/listRecords';
import { useRecordName } from '@/api/recordNames';
import { type Entity, plural, titleOf } from '@/api/records';
import { useSeenFields } from '@/api/useSeenFields';
import { ListsProblem } from '@/components/ListsProblem';
import { fromLocalInput, toLocalInput } from '@/lib/format';
import { allOf, searchFilter } from '@/lib/searchFilter';

export interface FieldInputProps {
  field: Pick<Field, 'key' | 'type' | 'link' | 'options' | 'mandatory'> &
    Partial<Pick<Field, 'placeholder' | 'help'>> & { label?: string };
  value: unknown;
  onChange: (value: unknown) => void;
  label?: string | undefined;
  ariaLabel?: string | undefined;
  error?: string | undefined;
  autoFocus?: boolean | undefined;
  /** What of the records is offered: a filter beside what is typed. */
  among?: string | undefined;
  disabled?: boolean | undefined;
  /** The other values of the record: some of them narrow what is offered. */
  beside?: Record<string, unknown> | undefined;
  /** Called when the person is done: leaves the field or picks an option. */
  onDone?: ((value: unknown) => void) | undefined;
}

/** What of the records is offered at delivered fields that do not take all of them (LEAD-202). */
const OFFERED: Record<string, string | undefined> = { partnerCompany: 'partner = true' };

const CURRENCIES = ['EUR', 'USD', 'GBP', 'INR', 'CHF', 'JPY'];

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function asText(value: unknown): string {
  return value == null ? '' : String(value);
}

function RecordSelect({ entity, value, ...props }: { entity: Entity } & FieldInputProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const [query] = useDebouncedValue(search, 200);
  const seen = useSeenFields(entity, query.trim() !== '');
  const found = useRecords(
    entity,
    {
      filter: allOf(searchFilter(entity, query, undefined, seen), OFFERED[props.field.key], props.among),
      limit: 20,
    },
    seen.known,
  );
  const current = useRecordName(entity, typeof value === 'number' ? value : undefined);
  const options = (found.data?.items ?? []).map((item) => ({
    value: String(item.id),
    label: titleOf(entity, item),
  }));
  if (value != null && !options.some((option) => option.value === String(value))) {
    options.unshift({ value: asText(value), label: current ?? `#${asText(value)}` });
  }
  return (
    <Select
      label={props.label}
      description={props.label ? (props.field.help ?? undefined) : undefined}
      aria-label={props.ariaLabel}
      error={props.error}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      required={Boolean(props.label && props.field.mandatory)}
      disabled={props.disabled}
      nothingFoundMessage={found.isFetching ? t('common.loading') : t('list.nothingFound')}
      data={options}
      value={value == null ? null : String(value)}
      onChange={(next) => {
        const id = next === null ? null : Number(next);
        props.onChange(id);
        props.onDone?.(id);
      }}
      searchable
      clearable
      onSearchChange={setSearch}
      filter={({ options: all }) => all}
    />
  );
}

function UserSelect({ value, ...props }: FieldInputProps) {
  const users = useUsers();
  const represents = props.field.key === 'partnerRepresentative' && props.beside !== undefined;
  const company = represents ? (props.beside?.['partnerCompany'] as number | null | undefined) : null;
  const employees = usePartnerPeople(company);
  const offered = (users.data ?? []).filter(
    (user) =>
      user.id === value ||
      // Whoever has left stays where they stand and is offered nowhere else (LEAD-198).
      (user.active !== false && (!represents || (employees.data ?? []).some(({ id }) => id === user.id))),
  );
  const select = (
    <Select
      label={props.label}
      description={props.label ? (props.field.help ?? undefined) : undefined}
      aria-label={props.ariaLabel}
      error={props.error}
      autoFocus={props.autoFocus}
      data-autofocus={props.autoFocus || undefined}
      disabled={props.disabled}
      data={offered.map((user) => ({ value: String(user.id), label: user.name }))}
      value={value == null ? null : String(value)}
      onChange={(next) => {
        const id = next === null ? null : Number(next);
        props.onChange(id);
        props.onDone?.(id);
      }}
      searchable
      clearable={!props.field.mandatory}
    />
  );
  return (
    <Stack gap={4}>
      {select}
      <ListsProblem lists={[users, employees]} />
    </Stack>
  );
}

/** An input for a value of the field's type. Empty is null. */
export function FieldInput(props: FieldInputProps) {
  const { t } = useTranslation();
  const { field, value, onChange, label, ariaLabel, error, autoFocus, onDone } = props;
  // Where no label stands, there is no room for help either.
  const description = label ? (field.help ?? undefined) : undefined;
  const placeholder = field.placeholder ?? undefined;
  const shared = {
    label,
    description,
    'aria-label': ariaLabel,
    error,
    autoFocus,
    disabled: props.disabled,
    // A dialog gives the focus to what is marked so, else to its close button.
    'data-autofocus': autoFocus || undefined,
    required: Boolean(label && field.mandatory),
    onBlur: () => onDone?.(value),
  };

  switch (field.type) {
    case 'longText':
      return (
        <Textarea
          {...shared}
          placeholder={placeholder}
          autosize
          minRows={3}
          maxRows={12}
          value={asText(value)}
          onChange={(event) => onChange(orNull(event.currentTarget.value))}
        />
      );
    case 'wholeNumber':
    case 'decimal':
      return (
        <NumberInput
          {...shared}
          value={value == null ? '' : Number(value)}
          onChange={(next) => onChange(next === '' ? null : Number(next))}
          allowDecimal={field.type === 'decimal'}
          decimalScale={6}
          placeholder={placeholder}
          hideControls
        />
      );
    case 'money': {
      const money = (value ?? {}) as { amount?: string; currency?: string };
      const currency = money.currency ?? CURRENCIES[0] ?? 'EUR';
      return (
        <Group gap={4} wrap="nowrap" align="end">
          <NumberInput
            {...shared}
            placeholder={placeholder}
            flex={1}
            value={money.amount ?? ''}
            onChange={(next) => onChange(next === '' ? null : { amount: String(next), currency })}
            decimalScale={2}
            hideControls
          />
          <Select
            w={84}
            aria-label={t('fields.currency')}
            data={CURRENCIES.includes(currency) ? CURRENCIES : [currency, ...CURRENCIES]}
            value={currency}
            allowDeselect={false}
            onChange={(next) => {
              if (next && money.amount) onChange({ amount: money.amount, currency: next });
            }}
          />
        </Group>
      );
    }
    case 'boolean':
      return (
        <Switch
          label={label}
          description={description}
          aria-label={ariaLabel}
          error={error}
          checked={value === true}
          disabled={props.disabled}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
            onDone?.(event.currentTarget.checked);
          }}
        />
      );
    case 'date':
      return (
        <TextInput
          {...shared}
          type="date"
          value={asText(value)}
          onChange={(event) => onChange(orNull(event.currentTarget.value))}
        />
      );
    case 'dateTime':
      return (
        <TextInput
          {...shared}
          type="datetime-local"
          value={toLocalInput(value as string | null)}
          onChange={(event) => onChange(fromLocalInput(event.currentTarget.value))}
        />
      );
    case 'dropdown': {
      const options = field.options ?? [];
      const current = asText(value);
      return (
        <Select
          label={label}
          description={description}
          placeholder={placeholder}
          aria-label={ariaLabel}
          error={error}
          autoFocus={autoFocus}
          data-autofocus={autoFocus || undefined}
          disabled={props.disabled}
          required={Boolean(label && field.mandatory)}
          data={current && !options.includes(current) ? [current, ...options] : options}
          value={value == null ? null : current}
          onChange={(next) => {
            onChange(next);
            onDone?.(next);
          }}
          searchable={options.length > 8}
          clearable={!field.mandatory}
        />
      );
    }
    case 'multiSelect':
      return (
        <MultiSelect
          {...shared}
          data={field.options ?? []}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(next) => onChange(next.length === 0 ? null : next)}
          searchable
          clearable
        />
      );
    case 'user':
      return <UserSelect {...props} />;
    case 'recordLink': {
      const entity = field.link ? plural(field.link) : undefined;
      if (entity) return <RecordSelect {...props} entity={entity} />;
      break;
    }
  }
  const kinds: Record<string, 'email' | 'tel' | 'url'> = { email: 'email', phone: 'tel', url: 'url' };
  const inputMode = kinds[field.type];
  return (
    <TextInput
      {...shared}
      {...(inputMode ? { inputMode } : {})}
      placeholder={placeholder}
      value={asText(value)}
      maxLength={250}
      onChange={(event) => onChange(orNull(event.currentTarget.value))}
    />
  );
}
