import { Pill } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import type { Field } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import { parseFilter } from '@/lib/filter/parse';
import { printFilter } from '@/lib/filter/print';
import { toFilter, toTree } from '@/lib/filter/tree';
import { describeItem } from './describe';
import classes from './FilterChips.module.css';

interface Props {
  filter: string | undefined;
  fields: Field[];
  onChange: (filter: string) => void;
}

/** The filter in force, one chip for each condition or group; each can be taken away. */
export function FilterChips({ filter, fields, onChange }: Props) {
  const { t } = useTranslation();
  const users = useUsers().data;
  const lists = useLists().data;
  const tree = useMemo(() => {
    if (!filter) return undefined;
    try {
      return toTree(parseFilter(filter));
    } catch {
      return undefined;
    }
  }, [filter]);
  if (!filter) return null;
  const names = {
    user: (id: string) => users?.find((user) => String(user.id) === id)?.name,
    list: (id: string) => lists?.find((list) => String(list.id) === id)?.name,
  };
  // What cannot be read, or is denied as a whole, is one chip.
  if (!tree || tree.not) {
    const text = tree ? describeItem(tree, fields, names, t) : filter;
    return (
      <Pill
        withRemoveButton
        className={classes.chip}
        title={text}
        onRemove={() => onChange('')}
        removeButtonProps={{ 'aria-label': t('filter.clear'), 'aria-hidden': false, tabIndex: 0 }}
      >
        {text}
      </Pill>
    );
  }
  return (
    <div className={classes.chips}>
      {tree.items.map((item, index) => {
        const text = describeItem(item, fields, names, t);
        return (
          <span key={index} className={classes.entry}>
            {index > 0 && <span className={classes.join}>{t(`filter.${tree.join}`)}</span>}
            <Pill
              withRemoveButton
              className={classes.chip}
              title={text}
              onRemove={() =>
                onChange(
                  printFilter(toFilter({ ...tree, items: tree.items.filter((_, at) => at !== index) })),
                )
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
