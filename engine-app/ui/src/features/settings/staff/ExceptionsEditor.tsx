import { Alert, Badge, Button, Group, MultiSelect, NativeSelect, Stack, Text } from '@mantine/core';
import { IconRotate } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsQuery, useAllFields, useFieldWords } from '@/api/getSchema';
import { plural } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { DataTable } from '@/components/DataTable';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { useDraft } from '@/lib/draft';
import { type Section, usePermissionTemplates } from '../api/permissions';
import { type Held, type ListedUser, useHeldPermissions, useSaveHeldPermissions } from '../api/users';
import {
  type Difference,
  differences,
  exceptionIn,
  REACHES,
  reachGiven,
  ruleGiven,
  templatesOf,
  withPoint,
} from './exceptions';

const RULES = ['open', 'readOnly', 'hidden'] as const;

interface Props {
  user: ListedUser;
  onDone: () => void;
}

/** In which points one user may do more or less than the templates say. */
export function ExceptionsEditor({ user, onDone }: Props) {
  const { t } = useTranslation();
  const held = useHeldPermissions(user.id);
  const templates = usePermissionTemplates();
  const failed = held.error ?? templates.error;
  // What is being changed stays when a later look fails.
  if (failed && !(held.data && templates.data)) {
    return (
      <ProblemAlert error={failed} onRetry={() => void Promise.all([held.refetch(), templates.refetch()])} />
    );
  }
  if (!held.data || !templates.data) return <PageSkeleton rows={5} />;
  if ((user.roles ?? []).includes('crm_admin')) {
    return (
      <Alert color="gray" p="sm">
        {t('settings.permissions.fixed')}
      </Alert>
    );
  }
  return (
    <Editor
      user={user}
      present={held.data}
      onDone={onDone}
      onLoadAgain={async () => {
        const [again] = await Promise.all([held.refetch(), templates.refetch()]);
        return again.isSuccess ? again.data : undefined;
      }}
    />
  );
}

function useWords() {
  const { t } = useTranslation();
  return {
    section: (key: string) => t(`settings.permissions.sections.${key as 'lead'}`, { defaultValue: key }),
    action: (key: string) => t(`settings.permissions.actions.${key as 'view'}`, { defaultValue: key }),
    reach: (key: string, reaching: boolean) =>
      key === 'none'
        ? t('settings.exceptions.nothing')
        : !reaching
          ? t('common.yes')
          : t(`settings.permissions.reaches.${key as 'own'}`, { defaultValue: key }),
    rule: (key: string) => t(`settings.permissions.rules.${key as 'open'}`, { defaultValue: key }),
  };
}

/** The names of the fields of these kinds of records; their keys until they are read. */
function useFieldNames(kinds: readonly string[]): (kind: string, key: string) => string {
  const entities = [...new Set(kinds.flatMap((kind) => plural(kind) ?? []))];
  const words = useFieldWords();
  const read = useQueries({ queries: entities.map((entity) => fieldsQuery(entity)) });
  return (kind, key) => {
    const entity = plural(kind);
    const fields = read[entities.findIndex((one) => one === entity)]?.data;
    if (!entity || !fields) return key;
    return words(entity, fields).find((field) => field.key.toLowerCase() === key.toLowerCase())?.label ?? key;
  };
}

const valuesOf = ({ templates, exceptions }: Held) => ({ templates, exceptions });

interface EditorProps extends Props {
  present: Held;
  /** Somebody else has changed it: reads it anew. */
  onLoadAgain: () => Promise<Held | undefined>;
}

function Editor({ user, present, onDone, onLoadAgain }: EditorProps) {
  const { t } = useTranslation();
  const words = useWords();
  const catalogue = usePermissionTemplates().data;
  const save = useSaveHeldPermissions(user.id);
  const id = useId();
  const draft = useDraft(present, valuesOf);
  const held = draft.values;
  useUnsaved(draft.dirty, save.isPending || save.isSuccess);
  /** The row that was asked for last; an object, as the same can be asked for again. */
  const [wanted, setWanted] = useState<{ row: string } | null>(null);
  useEffect(() => {
    if (wanted) document.getElementById(wanted.row)?.focus();
  }, [wanted]);
  const sections = catalogue?.sections ?? [];
  const counting = templatesOf(catalogue?.items ?? [], user.roles ?? [], held.templates);
  const sectionOf = (key: string) => sections.find((section) => section.key === key);
  const rows = differences(held.exceptions);
  const fieldName = useFieldNames(rows.filter((row) => row.kind === 'fields').map((row) => row.outer));
  const put = (point: Omit<Difference, 'value'>, value: string | null) =>
    draft.change({ exceptions: withPoint(held.exceptions, point, value) });
  const given = (row: Omit<Difference, 'value'>) =>
    row.kind === 'sections'
      ? reachGiven(counting, row.outer, row.inner)
      : ruleGiven(counting, row.outer, row.inner);
  const idOf = (row: Omit<Difference, 'value'>) => `${id}/${row.kind}/${row.outer}/${row.inner}`;
  const inWords = (row: Difference, value: string) =>
    row.kind === 'sections' ? words.reach(value, sectionOf(row.outer)?.reaching ?? true) : words.rule(value);
  const options = (row: Omit<Difference, 'value'>) =>
    row.kind === 'fields'
      ? RULES.map((rule) => ({ value: rule, label: words.rule(rule) }))
      : REACHES.filter(
          (reach) => (sectionOf(row.outer)?.reaching ?? true) || reach === 'none' || reach === 'all',
        ).map((reach) => ({
          value: reach,
          label: words.reach(reach, sectionOf(row.outer)?.reaching ?? true),
        }));
  /** Begins with what counts without an exception; one that is there already stays as it is. */
  const add = (point: Omit<Difference, 'value'>) => {
    const present = exceptionIn(held.exceptions, point);
    if (!present) {
      const value = given(point);
      // An action that knows no reach is allowed or not.
      put(point, options(point).some((option) => option.value === value) ? value : 'all');
    }
    setWanted({ row: idOf(present ?? point) });
  };
  const label = (row: Difference) =>
    `${words.section(row.outer)}: ${row.kind === 'sections' ? words.action(row.inner) : fieldName(row.outer, row.inner)}`;
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
          { version: draft.version, ...held },
          {
            onSuccess: () => {
              toast(t('common.saved'));
              onDone();
            },
          },
        );
      }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('settings.exceptions.what', { name: user.name })}
        </Text>
        <div>
          <Text size="sm" fw={600}>
            {t('settings.exceptions.byRoles')}
          </Text>
          <Group gap={4} mt={4}>
            {counting
              .filter((template) => !held.templates.includes(template.id))
              .map((template) => (
                <Badge key={template.id} color="gray">
                  {template.name}
                </Badge>
              ))}
            {counting.length === held.templates.length && <Text size="sm">{t('common.none')}</Text>}
          </Group>
        </div>
        <MultiSelect
          label={t('settings.exceptions.templates')}
          placeholder={held.templates.length === 0 ? t('common.none') : undefined}
          data={(catalogue?.items ?? [])
            .filter((template) => !template.fixed)
            .map((template) => ({ value: String(template.id), label: template.name }))}
          value={held.templates.map(String)}
          onChange={(next) => draft.change({ templates: next.map(Number) })}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
        />
        {rows.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('settings.exceptions.none')}
          </Text>
        ) : (
          <DataTable
            label={t('settings.users.tabs.exceptions')}
            items={rows}
            rowKey={(row) => `${row.kind}/${row.outer}/${row.inner}`}
            columns={[
              { key: 'what', label: t('settings.permissions.section'), cell: label },
              {
                key: 'given',
                label: t('settings.exceptions.given'),
                width: 150,
                cell: (row) => inWords(row, given(row)),
              },
              {
                key: 'own',
                label: t('settings.exceptions.own'),
                width: 160,
                cell: (row) => (
                  <NativeSelect
                    id={idOf(row)}
                    size="xs"
                    aria-label={t('settings.exceptions.ownOf', { what: label(row) })}
                    data={options(row)}
                    value={row.value}
                    onChange={(event) => put(row, event.currentTarget.value)}
                  />
                ),
              },
              {
                key: 'differs',
                label: t('settings.exceptions.effect'),
                width: 130,
                cell: (row) =>
                  given(row) === row.value ? (
                    <Text span size="xs" c="dimmed">
                      {t('settings.exceptions.same')}
                    </Text>
                  ) : (
                    <Badge color="yellow" variant="light">
                      {t('settings.exceptions.differs')}
                    </Badge>
                  ),
              },
              {
                key: 'reset',
                label: '',
                width: 130,
                cell: (row) => (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    leftSection={<IconRotate size={12} />}
                    aria-label={t('settings.exceptions.resetOf', { what: label(row) })}
                    onClick={() => put(row, null)}
                  >
                    {t('settings.exceptions.reset')}
                  </Button>
                ),
              },
            ]}
          />
        )}
        <AddAction sections={sections} onAdd={(outer, inner) => add({ kind: 'sections', outer, inner })} />
        <AddField onAdd={(outer, inner) => add({ kind: 'fields', outer, inner })} />
        {save.error && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? () => void loadAgain() : undefined}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function AddAction({
  sections,
  onAdd,
}: {
  sections: Section[];
  onAdd: (section: string, action: string) => void;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const [section, setSection] = useState(sections[0]?.key ?? 'lead');
  const actions = sections.find((one) => one.key === section)?.actions ?? [];
  const [picked, setPicked] = useState('');
  const action = actions.includes(picked) ? picked : (actions[0] ?? '');
  return (
    <Group gap="xs" align="end">
      <NativeSelect
        size="xs"
        flex="1 1 120px"
        label={t('settings.permissions.section')}
        value={section}
        onChange={(event) => setSection(event.currentTarget.value)}
        data={sections.map((one) => ({ value: one.key, label: words.section(one.key) }))}
      />
      <NativeSelect
        size="xs"
        flex="1 1 120px"
        label={t('settings.exceptions.action')}
        value={action}
        onChange={(event) => setPicked(event.currentTarget.value)}
        data={actions.map((key) => ({ value: key, label: words.action(key) }))}
      />
      <Button size="xs" variant="default" onClick={() => onAdd(section, action)}>
        {t('settings.exceptions.addAction')}
      </Button>
    </Group>
  );
}

function AddField({ onAdd }: { onAdd: (kind: string, field: string) => void }) {
  const { t } = useTranslation();
  const words = useWords();
  const kinds = ['lead', 'contact', 'account', 'opportunity', 'activity', 'task', 'note'] as const;
  const [kind, setKind] = useState<string>('lead');
  const fields = useAllFields(plural(kind) ?? 'leads').data ?? [];
  const [picked, setPicked] = useState('');
  const field = fields.some((one) => one.key === picked) ? picked : (fields[0]?.key ?? '');
  return (
    <Group gap="xs" align="end">
      <NativeSelect
        size="xs"
        flex="1 1 120px"
        label={t('settings.permissions.kind')}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value)}
        data={kinds.map((key) => ({ value: key, label: words.section(key) }))}
      />
      <NativeSelect
        size="xs"
        flex="1 1 120px"
        label={t('settings.exceptions.field')}
        value={field}
        onChange={(event) => setPicked(event.currentTarget.value)}
        data={fields.map((one) => ({ value: one.key, label: one.label }))}
      />
      <Button size="xs" variant="default" disabled={field === ''} onClick={() => onAdd(kind, field)}>
        {t('settings.exceptions.addField')}
      </Button>
    </Group>
  );
}
