import { Pill, Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import type { Field } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import { parseFilter } from '@/lib/filter/parse';
import { flatten, printFlat } from '@/lib/filter/print';
import { describeTest } from './describe';
import classes from './FilterChips.module.css';

interface Props {
  filter: string | undefined;
  fields: Field[];
  onChange: (filter: string) => void;
}

/** The filter in force, one chip for each condition; each can be taken away. */
export function FilterChips({ filter, fields, onChange }: Props) {
  const { t } = useTranslation();
  const users = useUsers().data;
  const lists = useLists().data;
  const flat = useMemo(() => {
    if (!filter) return undefined;
    try {
      return flatten(parseFilter(filter));
    } catch {
      return undefined;
    }
  }, [filter]);
  if (!filter) return null;
  const names = {
    user: (id: string) => users?.find((user) => String(user.id) === id)?.name,
    list: (id: string) => lists?.find((list) => String(list.id) === id)?.name,
  };
  if (!flat) {
    return (
      <Tooltip label={filter} multiline maw={480}>
        <Pill
          withRemoveButton
          className={classes.chip}
          onRemove={() => onChange('')}
          removeButtonProps={{ 'aria-label': t('filter.clear'), 'aria-hidden': false, tabIndex: 0 }}
        >
          {filter}
        </Pill>
      </Tooltip>
    );
  }
  return (
    <div className={classes.chips}>
      {flat.tests.map((test, index) => {
        const text = describeTest(test, fields, names, t);
        return (
          <span key={index} className={classes.entry}>
            {index > 0 && <span className={classes.join}>{t(`filter.${flat.join}`)}</span>}
            <Pill
              withRemoveButton
              className={classes.chip}
              onRemove={() =>
                onChange(printFlat({ ...flat, tests: flat.tests.filter((_, at) => at !== index) }))
              }
              removeButtonProps={{
                'aria-label': t('filter.remove', { condition: text }),
                'aria-hidden': false,
                tabIndex: 0,
              }}
            >
              {text}
            </Pill>
          </span>
        );
      })}
    </div>
  );
}
