import { ActionIcon, Badge, Button, Code, Group, SegmentedControl, Text } from '@mantine/core';
import { IconEye, IconEyeOff, IconGripVertical, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, type FieldType, useAllFields } from '@/api/getSchema';
import { type Entity, ENTITIES, singular } from '@/api/records';
import { useMay } from '@/api/rights';
import { DataTable } from '@/components/DataTable';
import { FormDialog } from '@/components/FormDialog';
import { useReorder } from '@/components/list/useReorder';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useChangeField, useOrderFields } from '../api/fields';
import { RowButtons } from '../components/RowButtons';
import { Section } from '../components/Section';
import { useEdited } from '../useEdited';
import { DeleteField } from './DeleteField';
import { DisableField } from './DisableField';
import { ARRANGED, FieldForm } from './FieldForm';
import classes from './Fields.module.css';

const SHOWN = ['leads', 'contacts', 'accounts', 'opportunities', 'tasks'] as const;

function Marks({ field }: { field: Field }) {
  const { t } = useTranslation();
  return (
    <Group gap={4}>
      {field.disabled && <Badge color="orange">{t('settings.fields.disabled')}</Badge>}
      {field.mandatory && <Badge color="gray">{t('settings.fields.mandatory')}</Badge>}
      {field.unique && <Badge color="gray">{t('settings.fields.unique')}</Badge>}
      {field.filterable === false && <Badge color="gray">{t('settings.fields.notFilterable')}</Badge>}
      {!field.system && <Badge>{t('settings.fields.custom')}</Badge>}
    </Group>
  );
}

function Fields({ entity, all, edit }: { entity: Entity; all: Field[]; edit: (field: Field) => void }) {
  const { t, i18n } = useTranslation();
  const problemText = useProblemText();
  const arranged = ARRANGED.includes(entity);
  const mayEdit = useMay('schema', 'edit') && arranged;
  const mayDelete = useMay('schema', 'delete');
  const order = useOrderFields(entity);
  const enable = useChangeField(entity);
  const [removing, setRemoving] = useState<Field | null>(null);
  const [disabling, setDisabling] = useState<Field | null>(null);
  const [said, setSaid] = useState('');
  const table = useRef<HTMLDivElement>(null);
  /** The field whose grip is moved with the keys keeps the focus. */
  const held = useRef<string | null>(null);
  const failed = (error: unknown) => toast(problemText(error), { kind: 'bad' });
  const reorder = useReorder(all, (next) => {
    const active = document.activeElement;
    held.current = active instanceof HTMLElement ? (active.dataset['grip'] ?? null) : null;
    const at = next.findIndex((field) => field.key === held.current);
    const name = next[at]?.label;
    if (name !== undefined) {
      setSaid(t('leadSettings.movedTo', { name, place: at + 1, count: next.length }));
    }
    order.mutate({ before: all, order: next }, { onError: failed });
  });
  useLayoutEffect(() => {
    if (held.current === null) return;
    const grips = table.current?.querySelectorAll<HTMLElement>('[data-grip]') ?? [];
    [...grips].find((grip) => grip.dataset['grip'] === held.current)?.focus();
    held.current = null;
  }, [all]);
  const typeName = (type: string) =>
    i18n.exists(`fieldTypes.${type}`) ? t(`fieldTypes.${type as FieldType}`) : type;
  const places = new Map(all.map((field, index) => [field, index]));

  return (
    <div ref={table}>
      <DataTable
        label={t('settings.pages.fields')}
        items={all}
        rowKey={(field) => `${field.activityType ?? ''}/${field.key}`}
        row={(field, index) => ({
          ...(mayEdit ? reorder.place(index) : {}),
          className: field.disabled ? classes.disabled : undefined,
        })}
        columns={[
          {
            key: 'label',
            label: t('settings.fields.label'),
            cell: (field) => (
              <Group gap={6} wrap="nowrap">
                {mayEdit && (
                  <ActionIcon
                    className={classes.grip}
                    data-grip={field.key}
                    aria-label={t('settings.fields.move', { name: field.label })}
                    {...reorder.grip(places.get(field) ?? 0)}
                  >
                    <IconGripVertical size={16} />
                  </ActionIcon>
                )}
                <span style={{ overflowWrap: 'anywhere' }}>{field.label}</span>
              </Group>
            ),
          },
          { key: 'type', label: t('settings.fields.type'), cell: (field) => typeName(field.type) },
          {
            key: 'key',
            label: t('settings.fields.key'),
            cell: (field) => (
              <Code style={{ overflowWrap: 'anywhere' }}>
                {singular(entity)}.{field.key}
              </Code>
            ),
          },
          {
            key: 'placeholder',
            label: t('settings.fields.placeholder'),
            cell: (field) => (
              <Text span size="sm" c="dimmed" lineClamp={1}>
                {field.placeholder}
              </Text>
            ),
          },
          { key: 'marks', label: t('settings.fields.marks'), cell: (field) => <Marks field={field} /> },
          {
            key: 'actions',
            label: '',
            width: 120,
            cell: (field) => (
              <RowButtons
                edit={
                  mayEdit
                    ? { label: t('settings.fields.edit', { name: field.label }), run: () => edit(field) }
                    : undefined
                }
                remove={
                  mayDelete && !field.system
                    ? {
                        label: t('settings.fields.delete', { name: field.label }),
                        run: () => setRemoving(field),
                      }
                    : undefined
                }
              >
                {mayEdit && !field.fixed && (
                  <ActionIcon
                    aria-label={t(
                      field.disabled ? 'settings.fields.enableOne' : 'settings.fields.disableOne',
                      {
                        name: field.label,
                      },
                    )}
                    loading={enable.isPending && enable.variables.field.key === field.key}
                    onClick={() =>
                      field.disabled
                        ? enable.mutate({ field, change: { disabled: false } }, { onError: failed })
                        : setDisabling(field)
                    }
                  >
                    {field.disabled ? <IconEye size={16} /> : <IconEyeOff size={16} />}
                  </ActionIcon>
                )}
              </RowButtons>
            ),
          },
        ]}
      />
      <span className={classes.said} role="status">
        {said}
      </span>
      {removing && (
        <DeleteField key={removing.key} entity={entity} field={removing} onClose={() => setRemoving(null)} />
      )}
      {disabling && (
        <DisableField
          key={disabling.key}
          entity={entity}
          field={disabling}
          onClose={() => setDisabling(null)}
        />
      )}
    </div>
  );
}

/** The fields of each kind of record, in the order of its forms and lists (SET-091, SET-092). */
export function FieldsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { entity: wanted } = useSearch({ from: '/shell/settings/fields' });
  const entity = ENTITIES.find((name) => name === wanted) ?? 'leads';
  const fields = useAllFields(entity);
  const mayAdd = useMay('schema', 'create');
  const form = useEdited(fields, (data) =>
    data.flatMap((field) =>
      field.id == null ? [] : [{ ...field, id: field.id, version: field.lookVersion }],
    ),
  );
  return (
    <Section
      title={t('settings.pages.fields')}
      text={t('settings.fields.what')}
      action={
        mayAdd && (
          <Button leftSection={<IconPlus size={14} />} onClick={form.add}>
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
        <Fields
          key={entity}
          entity={entity}
          all={fields.data}
          edit={(field) => {
            if (field.id != null) form.edit({ ...field, id: field.id, version: field.lookVersion });
          }}
        />
      )}
      <FormDialog
        opened={form.opened}
        onClose={form.close}
        title={
          form.edited ? t('settings.fields.edit', { name: form.edited.label }) : t('settings.fields.add')
        }
      >
        {form.opened && (
          <FieldForm
            key={form.formKey}
            entity={entity}
            field={form.edited}
            onDone={form.close}
            onLoadAgain={form.loadAgain}
          />
        )}
      </FormDialog>
    </Section>
  );
}
