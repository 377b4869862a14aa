import { Group, NativeSelect, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllFields } from '@/api/getSchema';
import { plural } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import type { Words } from '../api/permissions';
import classes from './Permissions.module.css';
import { changed } from './PermissionMatrix';

const KINDS = ['lead', 'contact', 'account', 'opportunity', 'activity', 'task', 'note'] as const;
const RULES = ['open', 'readOnly', 'hidden'] as const;

interface Props {
  rules: Words;
  disabled: boolean;
  onChange: (rules: Words) => void;
}

/** Which fields of a kind of record are hidden or can only be read. */
export function FieldRules({ rules, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<string>('lead');
  const fields = useAllFields(plural(kind) ?? 'leads');
  return (
    <section aria-label={t('settings.permissions.fields')}>
      <Group justify="space-between" align="end" mt="lg" mb="xs">
        <div>
          <Title order={3}>{t('settings.permissions.fields')}</Title>
          <Text size="sm" c="dimmed">
            {t('settings.permissions.fieldsText')}
          </Text>
        </div>
        <NativeSelect
          aria-label={t('settings.permissions.kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value)}
          data={KINDS.map((key) => ({ value: key, label: t(`settings.permissions.sections.${key}`) }))}
        />
      </Group>
      {fields.error ? (
        <ProblemAlert error={fields.error} onRetry={() => void fields.refetch()} />
      ) : fields.isPending ? (
        <PageSkeleton />
      ) : (
        <div className={classes.scroll}>
          <table className={classes.matrix}>
            <tbody>
              {fields.data.map((field) => (
                <tr key={`${field.activityType ?? ''}/${field.key}`}>
                  <th scope="row">{field.label}</th>
                  <td>
                    <code>{field.key}</code>
                  </td>
                  <td>
                    <select
                      className={classes.pick}
                      aria-label={field.label}
                      value={rules[kind]?.[field.key] ?? 'open'}
                      data-given={(rules[kind]?.[field.key] ?? 'open') === 'open' ? undefined : true}
                      disabled={disabled}
                      onChange={(event) =>
                        onChange(changed(rules, kind, field.key, event.currentTarget.value))
                      }
                    >
                      {RULES.map((rule) => (
                        <option key={rule} value={rule}>
                          {t(`settings.permissions.rules.${rule}`)}
                        </option>
                      ))}
                    </select>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
