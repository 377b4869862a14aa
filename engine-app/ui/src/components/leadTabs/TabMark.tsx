import { IconBolt, IconLayoutGrid, IconUser, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isSystemTab, type LeadTab } from '@/api/leadPage';
import classes from './LeadTabs.module.css';

/** The kind of a tab by colour and by its sign: system orange, custom blue, own grey (PLT-045 to PLT-047). */
export function TabMark({ tab }: { tab: LeadTab }) {
  const { t } = useTranslation();
  const kind = tab.own ? 'own' : tab.kind === 'system' ? 'system' : 'custom';
  const Icon =
    kind === 'own'
      ? IconUser
      : kind === 'system'
        ? IconLayoutGrid
        : tab.kind === 'activity'
          ? IconBolt
          : IconWorld;
  return (
    <span className={classes.mark} data-kind={kind} title={t(`leadPage.kinds.${kind}`)}>
      <Icon size={14} aria-hidden />
    </span>
  );
}

/** What a tab is called: those of Leadloom in the reader's language. */
export function useTabName(): (tab: LeadTab) => string {
  const { t } = useTranslation();
  return (tab) =>
    tab.kind === 'system' && isSystemTab(tab.key) ? t(`leadPage.tabs.${tab.key}`) : (tab.name ?? tab.key);
}
