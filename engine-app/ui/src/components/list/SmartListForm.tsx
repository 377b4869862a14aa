import { Alert, Button, Group, MultiSelect, Radio, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoles } from '@/api/getRoles';
import { useUsers } from '@/api/getUsers';
import type { Entity } from '@/api/records';
import {
  type ListChange,
  type Sharing,
  SHARINGS,
  type SmartList,
  useChangeSmartList,
  useCreateSmartList,
} from '@/api/smartLists';
import { FormDialog, Unsaved } from '@/components/FormDialog';
import { ListsProblem } from '@/components/ListsProblem';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';

interface Props {
  entity: Entity;
  /** The list to change; undefined for a new one. */
  list?: SmartList | undefined;
  /** What a new list shows. */
  start?: Pick<ListChange, 'filter' | 'sort' | 'columns'>;
  mayShare: boolean;
  onClose: () => void;
  onSaved?: (list: SmartList) => void;
}

/** The name of a smart list, who sees it, and whether its coming and going is noted (ENG-077, ENG-084, ENG-086). */
export function SmartListForm({ entity, list, start, mayShare, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const create = useCreateSmartList(entity);
  const change = useChangeSmartList();
  const save = list ? change : create;
  const [name, setName] = useState(list?.name ?? '');
  const [sharing, setSharing] = useState<Sharing>(list?.sharing ?? 'private');
  const [users, setUsers] = useState(list?.users ?? []);
  const [roles, setRoles] = useState(list?.roles ?? []);
  const [live, setLive] = useState(list?.live ?? false);
  const allUsers = useUsers();
  const allRoles = useRoles(mayShare);
  const violations = violationsOf(save.error);
  const errorOf = (key: string) => violations.find((entry) => entry.field === key)?.expectation;

  const submit = () => {
    const body: ListChange = {
      name,
      live,
      // Who cannot share says nothing about it, which keeps the list as it is.
      ...(mayShare ? { sharing, ...(sharing === 'chosen' ? { users, roles } : {}) } : {}),
    };
    const then = {
      onSuccess: (saved: SmartList) => {
        toast(t('common.saved'));
        onSaved?.(saved);
        onClose();
      },
    };
    if (list) change.mutate({ id: list.id, version: list.version, ...body }, then);
    else create.mutate({ ...start, ...body }, then);
  };

  return (
    <FormDialog
      opened
      onClose={onClose}
      title={list ? t('smart.editTitle', { name: list.name }) : t('smart.saveAsTitle')}
    >
      <Unsaved values={{ name, sharing, users, roles, live }} settled={save.isPending || save.isSuccess} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {save.error && !['name', 'users', 'roles'].some(errorOf) && <ProblemAlert error={save.error} />}
          <TextInput
            label={t('common.name')}
            value={name}
            maxLength={250}
            error={errorOf('name')}
            onChange={(event) => setName(event.currentTarget.value)}
            required
            data-autofocus
          />
          {mayShare ? (
            <Radio.Group
              label={t('smart.whoSees')}
              value={sharing}
              onChange={(next) => setSharing(next as Sharing)}
            >
              <Stack gap="xs" mt={6}>
                {SHARINGS.map((each) => (
                  <Radio
                    key={each}
                    value={each}
                    label={t(`smart.sharing.${each}`)}
                    description={t(`smart.sharingText.${each}`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
          ) : (
            <Alert p="xs" color="gray">
              {t('smart.notShared')}
            </Alert>
          )}
          {mayShare && sharing === 'chosen' && (
            <>
              <ListsProblem lists={[allUsers, allRoles]} />
              <MultiSelect
                label={t('smart.users')}
                data={(allUsers.data ?? [])
                  .filter((user) => user.active !== false || users.includes(user.id))
                  .map((user) => ({ value: String(user.id), label: user.name }))}
                value={users.map(String)}
                error={errorOf('users')}
                onChange={(next) => setUsers(next.map(Number))}
                searchable
                limit={100}
                nothingFoundMessage={t('list.nothingFound')}
                clearButtonProps={{ 'aria-label': t('common.clear') }}
              />
              <MultiSelect
                label={t('smart.roles')}
                data={(allRoles.data ?? []).map((role) => ({ value: role.key, label: role.label }))}
                value={roles}
                error={errorOf('roles')}
                onChange={setRoles}
                clearButtonProps={{ 'aria-label': t('common.clear') }}
              />
            </>
          )}
          <Switch
            label={t('smart.live')}
            description={t('smart.liveText')}
            checked={live}
            onChange={(event) => setLive(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </FormDialog>
  );
}
