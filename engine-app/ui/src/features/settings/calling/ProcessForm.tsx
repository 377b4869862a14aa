import { Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompany } from '@/api/company';
import { useUsers } from '@/api/getUsers';
import { ListsProblem } from '@/components/ListsProblem';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { timeZone, timeZones } from '@/lib/format';
import { type Process, type ProcessValues, useSaveProcess, useTables } from '../api/calling';
import { countries } from './countries';
import { PeopleSelect } from './PeopleSelect';
import { FormFooter } from '../components/FormFooter';

const INPUTS = ['name', 'tableDefinition', 'timeZone', 'defaultCountry', 'supervisors', 'agents'];

export function ProcessForm({
  process,
  onDone,
  onLoadAgain,
}: {
  process: Process | undefined;
  onDone: () => void;
  onLoadAgain: () => void;
}) {
  const { t, i18n } = useTranslation();
  const users = useUsers();
  const tables = useTables();
  const zone = useCompany().data?.timeZone ?? timeZone();
  const save = useSaveProcess(process);
  const [values, setValues] = useState<ProcessValues>({
    name: process?.name ?? '',
    tableDefinition: process?.tableDefinition ?? null,
    timeZone: process?.timeZone ?? zone,
    defaultCountry: process?.defaultCountry ?? '',
    supervisors: process?.supervisors ?? [],
    agents: process?.agents ?? [],
  });
  const set = (some: Partial<ProcessValues>) => setValues((before) => ({ ...before, ...some }));
  useUnsaved(values, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, INPUTS);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(values, {
          onSuccess: () => {
            toast(t('common.saved'));
            onDone();
          },
        });
      }}
    >
      <Stack gap="sm">
        {elsewhere && (
          <ProblemAlert
            error={save.error}
            retry={t('common.loadAgain')}
            onRetry={isOutdated(save.error) ? onLoadAgain : undefined}
          />
        )}
        <ListsProblem lists={[users, tables]} />
        <TextInput
          label={t('common.name')}
          value={values.name}
          maxLength={200}
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
          required
          data-autofocus
        />
        <Select
          label={t('calling.processes.table')}
          description={t('calling.processes.tableText')}
          data={(tables.data ?? []).map((table) => ({ value: String(table.id), label: table.name }))}
          value={values.tableDefinition === null ? null : String(values.tableDefinition)}
          error={errorOf('tableDefinition')}
          onChange={(next) => set({ tableDefinition: next === null ? null : Number(next) })}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t('list.nothingFound')}
          required
        />
        <Select
          label={t('calling.timeZone')}
          description={t('calling.processes.zoneText')}
          data={timeZones(values.timeZone)}
          value={values.timeZone}
          error={errorOf('timeZone')}
          onChange={(next) => next && set({ timeZone: next })}
          searchable
          allowDeselect={false}
          limit={100}
          nothingFoundMessage={t('list.nothingFound')}
          required
        />
        <Select
          label={t('calling.processes.country')}
          description={t('calling.processes.countryText')}
          placeholder={t('common.none')}
          data={countries(i18n.language)}
          value={values.defaultCountry || null}
          error={errorOf('defaultCountry')}
          onChange={(next) => set({ defaultCountry: next ?? '' })}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common.clear') }}
          nothingFoundMessage={t('list.nothingFound')}
        />
        <PeopleSelect
          label={t('calling.processes.supervisors')}
          description={t('calling.processes.supervisorsText')}
          users={users.data ?? []}
          value={values.supervisors}
          error={errorOf('supervisors')}
          onChange={(supervisors) =>
            set({ supervisors, agents: values.agents.filter((id) => !supervisors.includes(id)) })
          }
        />
        <PeopleSelect
          label={t('calling.processes.agents')}
          description={t('calling.processes.agentsText')}
          users={(users.data ?? []).filter((user) => !values.supervisors.includes(user.id))}
          value={values.agents}
          error={errorOf('agents')}
          onChange={(agents) => set({ agents })}
        />
        <FormFooter
          submit={t(process ? 'common.save' : 'common.create')}
          loading={save.isPending}
          onCancel={onDone}
        />
      </Stack>
    </form>
  );
}
