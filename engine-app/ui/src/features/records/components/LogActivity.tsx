import { Button, Group, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCreateRecord } from '@/api/changeRecord';
import { useFields } from '@/api/getSchema';
import { useTypes } from '@/api/getTypes';
import { type Entity, singular } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import { FormDialog, Unsaved } from '@/components/FormDialog';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';

const ASKED = ['subject', 'outcome', 'happenedAt', 'amount', 'notes'];

/** Posts an activity: what a person did with the record. */
export function LogActivity({ entity, id, onClose }: { entity: Entity; id: number; onClose: () => void }) {
  const { t } = useTranslation();
  const types = useTypes('activity-types').data ?? [];
  const fields = useFields('activities').data ?? [];
  const create = useCreateRecord('activities');
  const [type, setType] = useState<string | null>(null);
  const [values, setValues] = useState<Record<string, unknown>>({});
  const asked = fields.filter(
    (field) => ASKED.includes(field.key) || (field.activityType != null && field.activityType === type),
  );
  return (
    <FormDialog opened onClose={onClose} title={t('activity.log')}>
      <Unsaved values={{ type, values }} settled={create.isPending || create.isSuccess} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!type) return;
          const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
          create.mutate(
            { type, values: { ...filled, [singular(entity)]: id } },
            {
              onSuccess: () => {
                toast(t('activity.logged'));
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap="sm">
          {create.error && <ProblemAlert error={create.error} />}
          <Select
            label={t('activity.type')}
            data={types.map((entry) => ({ value: entry.key, label: entry.label }))}
            value={type}
            onChange={setType}
            searchable
            required
            data-autofocus
          />
          {asked.map((field) => (
            <FieldInput
              key={field.key}
              field={field}
              label={field.label}
              value={values[field.key]}
              onChange={(value) => setValues((before) => ({ ...before, [field.key]: value }))}
            />
          ))}
          <Group justify="flex-end">
            <Button type="submit" disabled={!type} loading={create.isPending}>
              {t('activity.post')}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormDialog>
  );
}
