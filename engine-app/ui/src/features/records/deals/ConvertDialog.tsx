import { Button, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Conversion, useConvert, usePreview } from '@/api/conversions';
import { type Field, useFields } from '@/api/getSchema';
import { type RecordData, titleOf } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import { FormDialog } from '@/components/FormDialog';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';

/** What is asked of a new deal; the rest comes from the lead or can be filled in later. */
const ASKED = ['name', 'pipeline', 'stage', 'value'];

interface Props {
  lead: RecordData;
  kind: Conversion;
  onClose: () => void;
}

function Form({ lead, kind, onClose, fromLead }: Props & { fromLead: Record<string, unknown> }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const convert = useConvert(lead.id, kind);
  const preview = usePreview(lead.id, kind).data;
  const leadFields = useFields('leads').data ?? [];
  const dealFields = useFields('opportunities').data ?? [];
  const [values, setValues] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(Object.entries(fromLead).filter(([key]) => ASKED.includes(key))),
  );
  const [missing, setMissing] = useState<Record<string, unknown>>({});
  useUnsaved({ values, missing }, convert.isPending || convert.isSuccess);

  const lacking = (preview?.missing ?? [])
    .map((key) => leadFields.find((field) => field.key === key))
    .filter((field) => field !== undefined);
  const asked =
    kind === 'deal'
      ? ASKED.map((key) => dealFields.find((field) => field.key === key)).filter(
          (field) => field !== undefined,
        )
      : [];
  const violations = violationsOf(convert.error);
  const errorOf = (key: string) => violations.find((one) => one.field === key)?.expectation;
  const shown = new Set([...lacking, ...asked].map((field) => field.key));
  const unplaced = convert.error !== null && !violations.some((one) => shown.has(one.field));

  const filled = (some: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(some).filter(([, value]) => value != null && value !== ''));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    convert.mutate(
      { values: filled(values), missing: filled(missing) },
      {
        onSuccess: (made) => {
          const entity = kind === 'deal' ? 'opportunities' : 'contacts';
          toast(t(`convert.done.${kind}`, { name: titleOf(entity, made) }));
          onClose();
          void navigate({ href: `/${entity}/${made.id}` });
        },
      },
    );
  };
  const input = (
    field: Field,
    of: Record<string, unknown>,
    change: (next: Record<string, unknown>) => void,
    mandatory: boolean,
  ) => (
    <FieldInput
      key={field.key}
      field={{ ...field, mandatory }}
      label={field.label}
      value={of[field.key]}
      error={errorOf(field.key)}
      onChange={(value) => change({ ...of, [field.key]: value })}
    />
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {unplaced && <ProblemAlert error={convert.error} />}
        <Text size="sm" c="dimmed">
          {t(`convert.text.${kind}`)}
        </Text>
        {lacking.length > 0 && (
          <>
            <Text size="sm">{t('convert.missing')}</Text>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
              {lacking.map((field) => input(field, missing, setMissing, true))}
            </SimpleGrid>
          </>
        )}
        {asked.length > 0 && (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
            {asked.map((field) => input(field, values, setValues, field.key === 'name'))}
          </SimpleGrid>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={convert.isPending}>
            {t(`convert.to.${kind}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Asks for what a conversion needs beside what the lead has (LEAD-104, LEAD-105, LEAD-218). */
export function ConvertDialog(props: Props) {
  const { t } = useTranslation();
  const preview = usePreview(props.lead.id, props.kind);
  return (
    <FormDialog opened onClose={props.onClose} size={600} title={t(`convert.to.${props.kind}`)}>
      {preview.error ? (
        <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />
      ) : preview.data ? (
        <Form {...props} fromLead={preview.data.values} />
      ) : (
        <PageSkeleton />
      )}
    </FormDialog>
  );
}
