import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldInput } from '@/components/fields/FieldInput';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { type LeadList, useTableOf } from '../api/calling';
import { useAddContact } from '../api/listLeads';
import { useColumnFields } from './listFields';

/** One lead for a list, with an input for each column of its process (LEAD-027, LEAD-028). */
export function ContactForm({ list, onDone }: { list: LeadList; onDone: () => void }) {
  const { t } = useTranslation();
  const table = useTableOf(list.process, true);
  const fieldOf = useColumnFields();
  const add = useAddContact(list.process, list.id);
  const [values, setValues] = useState<Record<string, unknown>>({});
  useUnsaved(values, add.isPending || add.isSuccess);
  if (table.error) return <ProblemAlert error={table.error} onRetry={() => void table.refetch()} />;
  if (table.isPending) return <PageSkeleton rows={3} />;
  const columns = table.data.columns;
  const { errorOf, elsewhere } = fieldErrors(
    add.error,
    columns.map((column) => column.name),
  );
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (add.isPending) return;
        add.mutate(values, {
          onSuccess: () => {
            toast(t('calling.contact.added', { name: list.name }));
            onDone();
          },
        });
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={add.error} />}
        {columns.map((column, index) => (
          <FieldInput
            key={column.name}
            field={{ ...fieldOf(column), mandatory: !column.nullable }}
            label={column.name}
            value={values[column.name]}
            error={errorOf(column.name)}
            autoFocus={index === 0}
            onChange={(value) => setValues((before) => ({ ...before, [column.name]: value }))}
          />
        ))}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('common.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
