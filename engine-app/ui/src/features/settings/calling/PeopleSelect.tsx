import { MultiSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { User } from '@/api/getUsers';

/** Chooses users; who is not active stays while chosen and is offered no more. */
export function PeopleSelect({
  label,
  description,
  users,
  value,
  error,
  onChange,
}: {
  label: string;
  description?: string;
  /** Those who can be chosen. */
  users: User[];
  value: number[];
  error: string | undefined;
  onChange: (people: number[]) => void;
}) {
  const { t } = useTranslation();
  const known = new Set(users.map((user) => user.id));
  const offered = users
    .filter((user) => user.active !== false || value.includes(user.id))
    .map((user) => ({
      value: String(user.id),
      label: user.active === false ? t('settings.groups.inactive', { name: user.name }) : user.name,
    }));
  return (
    <MultiSelect
      label={label}
      description={description}
      placeholder={value.length === 0 ? t('settings.groups.choose') : undefined}
      data={[
        ...offered,
        ...value.filter((id) => !known.has(id)).map((id) => ({ value: String(id), label: `#${id}` })),
      ]}
      value={value.map(String)}
      error={error}
      onChange={(next) => onChange(next.map(Number))}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.clear') }}
      limit={100}
      nothingFoundMessage={t('list.nothingFound')}
    />
  );
}
