import { ActionIcon, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Entity } from '@/api/records';
import { isListed, type SmartList } from '@/api/smartLists';
import { AppLink } from '@/components/AppLink';
import classes from './ListTabs.module.css';
import { SharingIcon } from './SharingIcon';

/** A filter that is there without anybody having saved it. */
export interface ReadyView {
  label: string;
  filter: string | undefined;
}

interface Props {
  entity: Entity;
  views: ReadyView[];
  lists: SmartList[];
  /** The list in whose tab one is. */
  current: number | undefined;
  filter: string;
  /** Whether the filter of the current list has been changed and not saved. */
  changed: boolean;
}

function viewHref(entity: Entity, view: ReadyView): string {
  return view.filter ? `/${entity}?filter=${encodeURIComponent(view.filter)}` : `/${entity}`;
}

/** The ready-made views and the smart lists as tabs; each has an address of its own (ENG-078). */
export function ListTabs({ entity, views, lists, current, filter, changed }: Props) {
  const { t } = useTranslation();
  const tabs = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const active = tabs.current?.querySelector('[aria-current]');
    if (active && 'scrollIntoView' in active) active.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current, lists.length]);
  return (
    <nav className={classes.bar} data-guide="tabs" aria-label={t('list.views')}>
      <ul className={classes.tabs} ref={tabs}>
        {views.map((view) => (
          <li key={view.label}>
            <AppLink
              href={viewHref(entity, view)}
              className={classes.tab}
              aria-current={current === undefined && filter === (view.filter ?? '') ? 'page' : undefined}
            >
              {view.label}
            </AppLink>
          </li>
        ))}
        {lists.length > 0 && <li className={classes.divider} aria-hidden />}
        {lists.map((list) => (
          <li key={list.id}>
            <AppLink
              href={`/${entity}?list=${list.id}`}
              className={classes.tab}
              title={list.name}
              aria-current={current === list.id ? 'page' : undefined}
            >
              <span className={classes.name}>{list.name}</span>
              <SharingIcon list={list} />
              {current === list.id && changed && (
                <span className={classes.dot} role="img" aria-label={t('smart.unsaved')} />
              )}
            </AppLink>
          </li>
        ))}
      </ul>
      {isListed(entity) && (
        <Tooltip label={t('smart.manage')}>
          <ActionIcon
            size={28}
            aria-label={t('smart.manage')}
            renderRoot={(props) => <AppLink {...props} href={`/smart-lists?of=${entity}`} />}
          >
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </nav>
  );
}
