import { MultiSelect, Select, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '@/api/bulkActions';
import { mergeFieldOf, useCustomValues } from '@/api/customValues';
import { useAutomations } from '@/api/getAutomations';
import { useLists } from '@/api/getLists';
import { useFields } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { useUsers } from '@/api/getUsers';
import type { Entity } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import { ListsProblem } from '@/components/ListsProblem';
import { useUnsaved } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import { SignatureBelow } from './SignatureBelow';

export type BulkSettings = Record<string, unknown>;

interface Props {
  entity: Entity;
  operation: Operation;
  count: number;
  /** Null while something is missing. */
  onChange: (settings: BulkSettings | null) => void;
}

type Part = Omit<Props, 'operation'>;

function UpdateForm({ entity, onChange }: Part) {
  const { t } = useTranslation();
  const fields = (useFields(entity).data ?? []).filter((field) => field.readOnly !== true);
  const [key, setKey] = useState<string | null>(null);
  const [value, setValue] = useState<unknown>(null);
  const field = fields.find((one) => one.key === key);
  const set = (next: unknown, of = field) => {
    setValue(next);
    const missing = next == null && of?.mandatory === true;
    onChange(of && !missing ? { values: { [of.key]: next } } : null);
  };
  return (
    <Stack gap="xs">
      <Select
        label={t('bulk.field')}
        data={fields.map((one) => ({ value: one.key, label: one.label }))}
        value={key}
        onChange={(next) => {
          setKey(next);
          const chosen = fields.find((one) => one.key === next);
          set(chosen?.type === 'boolean' ? false : null, chosen);
        }}
        searchable
        data-autofocus
      />
      {field && (
        <>
          <FieldInput field={field} value={value} onChange={(next) => set(next)} label={t('bulk.value')} />
          {value == null && !field.mandatory && (
            <Text size="sm" c="dimmed">
              {t('bulk.empties', { field: field.label })}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

function OwnersForm({ count, onChange }: Part) {
  const { t } = useTranslation();
  const everybody = useUsers();
  const users = (everybody.data ?? []).filter((user) => user.active !== false);
  const [owners, setOwners] = useState<string[]>([]);
  return (
    <Stack gap="xs">
      <MultiSelect
        label={t('bulk.owners')}
        description={t('bulk.ownersText')}
        data={users.map((user) => ({ value: String(user.id), label: user.name }))}
        value={owners}
        onChange={(next) => {
          setOwners(next);
          onChange(next.length > 0 ? { owners: next.map(Number) } : null);
        }}
        searchable
        data-autofocus
      />
      <ListsProblem lists={[everybody]} />
      {owners.length > 1 && (
        <Text size="sm" c="dimmed">
          {t('bulk.each', { number: formatNumber(Math.ceil(count / owners.length)) })}
        </Text>
      )}
    </Stack>
  );
}

function TagsForm({ onChange }: Part) {
  const { t } = useTranslation();
  const known = useTags().data ?? [];
  const [tags, setTags] = useState<string[]>([]);
  // Opens for who types or clicks and closes with each tag: it would cover the button below.
  const [offered, setOffered] = useState(false);
  return (
    <TagsInput
      label={t('record.tags')}
      data={known}
      value={tags}
      onChange={(next) => {
        setTags(next);
        setOffered(false);
        onChange(next.length > 0 ? { tags: next } : null);
      }}
      openOnFocus={false}
      dropdownOpened={offered}
      onDropdownOpen={() => setOffered(true)}
      onDropdownClose={() => setOffered(false)}
      data-autofocus
    />
  );
}

function ListForm({ onChange }: Part) {
  const { t } = useTranslation();
  const lists = useLists().data ?? [];
  const [list, setList] = useState<string | null>(null);
  return (
    <Select
      label={t('filter.list')}
      data={lists.map((entry) => ({ value: String(entry.id), label: entry.name }))}
      value={list}
      onChange={(next) => {
        setList(next);
        onChange(next ? { list: Number(next) } : null);
      }}
      searchable
      data-autofocus
    />
  );
}

function AutomationForm({ onChange }: Part) {
  const { t } = useTranslation();
  const automations = useAutomations(true).data ?? [];
  const [automation, setAutomation] = useState<string | null>(null);
  return (
    <Select
      label={t('bulk.which')}
      description={t('bulk.whichText')}
      data={automations
        .filter((entry) => entry.state === 'published')
        .map((entry) => ({ value: String(entry.id), label: entry.name }))}
      value={automation}
      onChange={(next) => {
        setAutomation(next);
        onChange(next ? { automation: Number(next) } : null);
      }}
      nothingFoundMessage={t('bulk.nonePublished')}
      searchable
      data-autofocus
    />
  );
}

/** Puts a text of the account at the end of what is written; nothing is offered while there is none. */
function CustomValueOffer({ onPick }: { onPick: (field: string) => void }) {
  const { t } = useTranslation();
  const values = useCustomValues().data ?? [];
  if (values.length === 0) return null;
  return (
    <Select
      label={t('bulk.customValue')}
      placeholder={t('bulk.customValueText')}
      data={values.map((value) => ({ value: mergeFieldOf(value), label: value.name }))}
      value={null}
      onChange={(field) => {
        if (field) onPick(field);
      }}
      searchable
    />
  );
}

function MailForm({ onChange }: Part) {
  const { t } = useTranslation();
  const [subject, setSubject] = useState('');
  const [text, setText] = useState('');
  // Half a mail is nothing to send yet, but somebody wrote it.
  useUnsaved({ subject, text });
  const set = (nextSubject: string, nextText: string) => {
    setSubject(nextSubject);
    setText(nextText);
    onChange(nextSubject.trim() && nextText.trim() ? { subject: nextSubject.trim(), text: nextText } : null);
  };
  return (
    <Stack gap="xs">
      <TextInput
        label={t('bulk.subject')}
        value={subject}
        maxLength={500}
        onChange={(event) => set(event.currentTarget.value, text)}
        required
        data-autofocus
      />
      <Textarea
        label={t('bulk.text')}
        description={t('bulk.mergeText')}
        autosize
        minRows={6}
        maxRows={16}
        value={text}
        onChange={(event) => set(subject, event.currentTarget.value)}
        required
      />
      <CustomValueOffer onPick={(field) => set(subject, text + field)} />
      <SignatureBelow />
    </Stack>
  );
}

function TextForm({ onChange }: Part) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  useUnsaved({ text });
  const set = (next: string) => {
    setText(next);
    onChange(next.trim() ? { text: next } : null);
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={t('bulk.text')}
        description={t('bulk.mergeText')}
        autosize
        minRows={3}
        maxRows={12}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
        required
        data-autofocus
      />
      <CustomValueOffer onPick={(field) => set(text + field)} />
    </Stack>
  );
}

/** What leads become; those that cannot say why in the result. */
function ConvertForm({ onChange }: Part) {
  const { t } = useTranslation();
  const [to, setTo] = useState<string | null>(null);
  return (
    <Select
      label={t('convert.into')}
      description={t('convert.bulkText')}
      data={[
        { value: 'deal', label: t('settings.conversion.pages.deal') },
        { value: 'client', label: t('settings.conversion.pages.client') },
      ]}
      value={to}
      onChange={(next) => {
        setTo(next);
        onChange(next ? { to: next } : null);
      }}
      data-autofocus
    />
  );
}

/** What one operation wants to know. */
export function BulkForm({ operation, ...part }: Props) {
  const { t } = useTranslation();
  switch (operation) {
    case 'update':
      return <UpdateForm {...part} />;
    case 'allocate':
      return <OwnersForm {...part} />;
    case 'add-tags':
    case 'remove-tags':
      return <TagsForm {...part} />;
    case 'add-to-list':
    case 'remove-from-list':
      return <ListForm {...part} />;
    case 'start-automation':
      return <AutomationForm {...part} />;
    case 'convert':
      return <ConvertForm {...part} />;
    case 'send-email':
      return <MailForm {...part} />;
    case 'send-sms':
    case 'send-whatsapp':
      return <TextForm {...part} />;
    default:
      return <Text size="sm">{t('bulk.deleteText')}</Text>;
  }
}
