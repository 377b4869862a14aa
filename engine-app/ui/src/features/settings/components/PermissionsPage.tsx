import { Badge, Button, Group, MultiSelect, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconShieldLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '@/api/getRoles';
import { useMay } from '@/api/rights';
import { EmptyState } from '@/components/EmptyState';
import { FormGuard } from '@/components/FormDialog';
import { ListsProblem } from '@/components/ListsProblem';
import { PageSkeleton } from '@/components/PageSkeleton';
import { isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useLeave, useUnsaved } from '@/components/unsaved';
import { useDraft } from '@/lib/draft';
import {
  type Section as MatrixSection,
  type Template,
  useCreateTemplate,
  useDeleteTemplate,
  usePermissionTemplates,
  useSaveTemplate,
} from '../api/permissions';
import { FieldRules } from './FieldRules';
import { PermissionMatrix } from './PermissionMatrix';
import { Section } from './Section';

interface FormProps {
  template: Template;
  sections: MatrixSection[];
  mayEdit: boolean;
  onRemove: (template: Template) => void;
  /** Somebody else has changed it: reads it anew. */
  onLoadAgain: () => Promise<Template | undefined>;
}

const valuesOf = ({ name, roles, grants }: Template) => ({ name, roles, grants });

function TemplateForm({ template, sections, mayEdit, onRemove, onLoadAgain }: FormProps) {
  const { t } = useTranslation();
  const roles = useRoles();
  const save = useSaveTemplate();
  const draft = useDraft(template, valuesOf);
  const { name, roles: held, grants } = draft.values;
  useUnsaved(draft.dirty, save.isPending);
  const disabled = template.fixed || !mayEdit;
  const loadAgain = async () => {
    const again = await onLoadAgain();
    if (!again) return;
    draft.take(again);
    save.reset();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { id: template.id, version: draft.version, name, roles: held, grants },
          {
            onSuccess: (saved) => {
              draft.take(saved);
              toast(t('common.saved'));
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {save.error && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? () => void loadAgain() : undefined}
          />
        )}
        <ListsProblem lists={[roles]} />
        {template.fixed && (
          <Text size="sm" c="dimmed">
            {t('settings.permissions.fixed')}
          </Text>
        )}
        <Group align="end" gap="sm">
          <TextInput
            label={t('common.name')}
            value={name}
            onChange={(event) => draft.change({ name: event.currentTarget.value })}
            disabled={disabled}
            required
          />
          <MultiSelect
            label={t('settings.permissions.roles')}
            data={(roles.data ?? [])
              .filter((role) => template.fixed || role.key !== 'crm_admin')
              .map((role) => ({ value: role.key, label: role.label }))}
            value={held}
            onChange={(next) => draft.change({ roles: next })}
            disabled={disabled}
            miw={260}
          />
          {!disabled && (
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          )}
          {!disabled && !template.delivered && (
            <Button variant="default" onClick={() => onRemove(template)}>
              {t('common.delete')}
            </Button>
          )}
        </Group>
        <PermissionMatrix
          sections={sections}
          grants={grants.sections}
          disabled={disabled}
          onChange={(next) => draft.change({ grants: { ...grants, sections: next } })}
        />
        <FieldRules
          rules={grants.fields}
          disabled={disabled}
          onChange={(next) => draft.change({ grants: { ...grants, fields: next } })}
        />
      </Stack>
    </form>
  );
}

/** What each permission template lets its holders do. */
export function PermissionsPage() {
  return (
    <FormGuard>
      <Permissions />
    </FormGuard>
  );
}

function Permissions() {
  const { t } = useTranslation();
  const leave = useLeave();
  const templates = usePermissionTemplates();
  const create = useCreateTemplate();
  const removal = useDeleteTemplate();
  const mayEdit = useMay('permissions', 'edit');
  const [chosen, setChosen] = useState<number | null>(null);
  const [removing, setRemoving] = useState<Template | null>(null);
  const items = templates.data?.items ?? [];
  const template = items.find((item) => item.id === chosen) ?? items[0];

  const copy = () => {
    const base = template?.name ?? '';
    const taken = new Set(items.map((item) => item.name.toLowerCase()));
    let number = 2;
    while (taken.has(`${base} ${number}`.toLowerCase())) number += 1;
    create.mutate(
      {
        name: `${base} ${number}`,
        roles: [],
        grants: template?.grants ?? { sections: {}, fields: {} },
      },
      { onSuccess: (made) => setChosen(made.id) },
    );
  };

  return (
    <Section
      title={t('settings.pages.permissions')}
      text={t('settings.permissions.what')}
      action={
        mayEdit && (
          <Button leftSection={<IconPlus size={14} />} onClick={() => leave(copy)} loading={create.isPending}>
            {t('settings.permissions.copy')}
          </Button>
        )
      }
    >
      {create.error && <ProblemAlert error={create.error} mb="sm" />}
      {templates.error ? (
        <ProblemAlert error={templates.error} onRetry={() => void templates.refetch()} />
      ) : templates.isPending ? (
        <PageSkeleton />
      ) : template === undefined ? (
        <EmptyState icon={IconShieldLock} title={t('list.nothingFound')} />
      ) : (
        <>
          <Group gap="xs" mb="sm" align="end">
            <NativeSelect
              label={t('settings.permissions.template')}
              value={String(template.id)}
              onChange={(event) => {
                const id = Number(event.currentTarget.value);
                leave(() => setChosen(id));
              }}
              data={items.map((item) => ({ value: String(item.id), label: item.name }))}
            />
            {template.delivered && (
              <Badge color="gray">
                {t(template.changed ? 'settings.permissions.changed' : 'settings.permissions.delivered')}
              </Badge>
            )}
          </Group>
          <TemplateForm
            key={template.id}
            template={template}
            sections={templates.data.sections}
            mayEdit={mayEdit}
            onRemove={setRemoving}
            onLoadAgain={async () => {
              const again = await templates.refetch();
              return again.isSuccess ? again.data.items.find((item) => item.id === template.id) : undefined;
            }}
          />
        </>
      )}
      <RemovalDialog
        what={removing?.id ?? null}
        removal={removal}
        title={t('settings.permissions.remove', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('settings.permissions.removeText')}
      </RemovalDialog>
    </Section>
  );
}
