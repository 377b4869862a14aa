import { Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { useSession } from '@/api/session';
import { ListsProblem } from '@/components/ListsProblem';
import { fieldErrors, isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { timeZones } from '@/lib/format';
import { type LeadList, type ListValues, type Process, useSaveLeadList } from '../api/calling';
import { FormFooter } from '../components/FormFooter';

/** A lead list: exactly what LEAD-010 names; the process of one that is there is shown and stays (LEAD-019). */
export function ListForm({
  process,
  list,
  onDone,
  onLoadAgain,
}: {
  process: Process;
  list: LeadList | undefined;
  onDone: (saved: LeadList | null) => void;
  onLoadAgain: () => void;
}) {
  const { t } = useTranslation();
  const users = useUsers();
  const self = useSession().data?.user.id ?? 0;
  const people = new Set([...process.supervisors, ...process.agents]);
  const save = useSaveLeadList(process.id, list);
  const [values, setValues] = useState<ListValues>({
    name: list?.name ?? '',
    timeZone: list?.timeZone ?? process.timeZone,
    owner: list?.owner ?? (people.has(self) ? self : null),
    description: list?.description ?? '',
  });
  const set = (some: Partial<ListValues>) => setValues((before) => ({ ...before, ...some }));
  useUnsaved(values, save.isPending || save.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(save.error, ['name', 'timeZone', 'owner', 'description']);
  const owners = (users.data ?? []).filter(
    (user) => user.id === list?.owner || (people.has(user.id) && user.active !== false),
  );
  return (
    <form
      // What is missing is named by the server, all at once (LEAD-011).
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(values, {
          onSuccess: (saved) => {
            toast(t('common.saved'));
            onDone(saved);
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
        <ListsProblem lists={[users]} />
        {list && <TextInput label={t('calling.lists.process')} value={process.name} readOnly />}
        <TextInput
          label={t('calling.lists.name')}
          value={values.name}
          maxLength={200}
          error={errorOf('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
          required
          data-autofocus
        />
        <Select
          label={t('calling.timeZone')}
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
          label={t('calling.lists.owner')}
          description={t('calling.lists.ownerText')}
          data={owners.map((user) => ({
            value: String(user.id),
            label: user.active === false ? t('settings.groups.inactive', { name: user.name }) : user.name,
          }))}
          value={values.owner === null ? null : String(values.owner)}
          error={errorOf('owner')}
          onChange={(next) => set({ owner: next === null ? null : Number(next) })}
          searchable
          allowDeselect={false}
          limit={100}
          nothingFoundMessage={t('list.nothingFound')}
          required
        />
        <Textarea
          label={t('settings.groups.description')}
          value={values.description}
          maxLength={1000}
          autosize
          minRows={2}
          maxRows={6}
          error={errorOf('description')}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <FormFooter submit={t('common.save')} loading={save.isPending} onCancel={() => onDone(null)} />
      </Stack>
    </form>
  );
}
