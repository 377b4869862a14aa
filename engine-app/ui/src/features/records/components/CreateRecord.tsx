import { Button, Group, SimpleGrid, Stack, TagsInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateRecord } from '@/api/changeRecord';
import { useLeadSettings, useOffered } from '@/api/getChoices';
import { type Field, useFields } from '@/api/getSchema';
import { useTags } from '@/api/getTags';
import { useTypes } from '@/api/getTypes';
import { mergeable } from '@/api/merges';
import { type Entity, titleOf } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import { FormDialog } from '@/components/FormDialog';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { DraftLooksLike } from '../duplicates/LooksLike';

interface Props {
  entity: Entity;
  opened: boolean;
  onClose: () => void;
  /** The fields of the short form, in order; mandatory ones are always asked. */
  asked: string[];
  /** Values that are already known, such as the lead that a task belongs to. */
  given?: Record<string, unknown>;
  /** Whether the new record's page is opened. */
  openAfter?: boolean;
}

function CreateForm({ entity, onClose, asked, given = {}, openAfter = true }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fields = useFields(entity).data ?? [];
  const taskTypes = useTypes('task-types').data;
  const tagNames = useTags().data ?? [];
  const create = useCreateRecord(entity);
  const [values, setValues] = useState<Record<string, unknown>>(
    entity === 'tasks' ? { type: 'follow-up', ...given } : given,
  );
  const [tags, setTags] = useState<string[]>([]);
  const [all, setAll] = useState(false);
  useUnsaved({ values, tags }, create.isPending || create.isSuccess);

  const { offered } = useOffered(entity);
  const settings = useLeadSettings(entity === 'leads').data;
  const mandatoryStage = settings?.stageMandatory ?? false;
  const writable = fields.filter((field) => !field.readOnly);
  const short = [
    ...asked
      .filter((key) => key !== 'stage' || (settings?.stageQuickAdd ?? true) || mandatoryStage)
      .map((key) => writable.find((field) => field.key === key))
      .filter((field) => field !== undefined),
    ...writable.filter((field) => field.mandatory && !asked.includes(field.key)),
  ];
  // Administrators say in which order fields are asked for (SET-092).
  if (fields.some((field) => field.ordered)) short.sort((a, b) => fields.indexOf(a) - fields.indexOf(b));
  const rest = writable.filter((field) => !short.includes(field));
  const violations = violationsOf(create.error);
  const errorOf = (key: string) =>
    violations.find((entry) => entry.field === key || entry.field === `values.${key}`)?.expectation;
  const known = new Set(fields.map((field) => field.key));
  const unplaced =
    create.error !== null && !violations.some((entry) => known.has(entry.field.replace(/^values\./, '')));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
    create.mutate(
      { values: filled, ...(tags.length > 0 ? { tags } : {}) },
      {
        onSuccess: (record) => {
          toast(t('record.created', { name: titleOf(entity, record) }));
          onClose();
          if (openAfter) void navigate({ href: `/${entity}/${record.id}` });
        },
        onError: (error) => {
          // What is wrong is shown where it stands, also among the fields that are folded away.
          const wrong = violationsOf(error).map(({ field }) => field.replace(/^values\./, ''));
          if (rest.some((field) => wrong.includes(field.key))) setAll(true);
        },
      },
    );
  };

  const input = (field: Field, index: number) => {
    const choice =
      entity === 'tasks' && field.key === 'type' && taskTypes
        ? { ...field, type: 'dropdown', options: taskTypes.map((type) => type.key) }
        : field.key === 'stage' && mandatoryStage
          ? { ...field, mandatory: true }
          : offered(field, values);
    return (
      <FieldInput
        key={field.key}
        field={choice}
        label={field.label}
        value={values[field.key]}
        error={errorOf(field.key)}
        autoFocus={index === 0}
        onChange={(value) =>
          setValues((before) => ({
            ...before,
            // A status belongs to its stage.
            ...(entity === 'leads' && field.key === 'stage' && { status: null }),
            [field.key]: value,
          }))
        }
      />
    );
  };

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {unplaced && <ProblemAlert error={create.error} />}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
          {short.map(input)}
          {all && rest.map((field) => input(field, 1))}
        </SimpleGrid>
        {(entity === 'leads' || entity === 'contacts') && (
          <TagsInput label={t('record.tags')} data={tagNames} value={tags} onChange={setTags} />
        )}
        {mergeable(entity) && <DraftLooksLike entity={entity} values={values} />}
        <Group justify="space-between">
          <Button variant="subtle" onClick={() => setAll((before) => !before)} aria-expanded={all}>
            {t(all ? 'record.fewerFields' : 'record.allFields')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t('common.create')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** The short form for a new record. */
export function CreateRecord(props: Props) {
  const { t } = useTranslation();
  return (
    <FormDialog
      opened={props.opened}
      onClose={props.onClose}
      size={640}
      title={t(`record.new.${props.entity}`)}
    >
      {props.opened && <CreateForm {...props} />}
    </FormDialog>
  );
}
