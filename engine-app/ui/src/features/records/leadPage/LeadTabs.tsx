import { ActionIcon, Anchor, Button, Tabs, Text, Tooltip } from '@mantine/core';
import { IconExternalLink, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LeadPage, type LeadTab, useRemoveOwnTab, useSaveOwnTab } from '@/api/leadPage';
import type { RecordData } from '@/api/records';
import { FormDialog } from '@/components/FormDialog';
import { TabForm } from '@/components/leadTabs/TabForm';
import { TabMark, useTabName } from '@/components/leadTabs/TabMark';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { url } from '@/lib/http';
import { AutomationsPanel } from '../components/AutomationsPanel';
import { FollowUpList } from '../followups/FollowUpList';
import { OwnersPanel } from '../lead/OwnersPanel';
import { Timeline } from '../components/Timeline';
import { ActivityLine, LeadLine, TaskRow } from './Lines';
import { Messages, Records } from './Listed';
import classes from './Page.module.css';
import { relatedFilter } from './related';

interface Props {
  lead: RecordData;
  page: LeadPage;
  /** The tab that is open, as the address has it; that of the view when missing. */
  shown: string | undefined;
  onShow: (tab: string) => void;
  kinds: string | undefined;
  onKinds: (kinds: string | undefined) => void;
}

/** A text of the filter grammar. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function Activities({ id, types }: { id: number; types: string[] | undefined }) {
  const { t } = useTranslation();
  const of = types ? ` and type in (${types.map(quoted).join(', ')})` : '';
  return (
    <Records
      entity="activities"
      label={t('leadPage.tabs.activities')}
      query={{ filter: `lead = ${id}${of}`, sort: '-happenedAt' }}
      line={(activity) => <ActivityLine key={activity.id} activity={activity} />}
      none={t('leadPage.noActivities')}
    />
  );
}

/** What a tab shows. */
function Shown({ tab, lead, kinds, onKinds }: Pick<Props, 'lead' | 'kinds' | 'onKinds'> & { tab: LeadTab }) {
  const { t } = useTranslation();
  const name = useTabName()(tab);
  const related = relatedFilter(lead);
  if (tab.kind === 'activity' && tab.activityTypes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('leadPage.typesGone')}
      </Text>
    );
  }
  if (tab.kind === 'activity') return <Activities id={lead.id} types={tab.activityTypes} />;
  if (tab.kind === 'custom') {
    return (
      <iframe
        className={classes.frame}
        title={name}
        // The page in it may frame nothing but the host of the tab, and shows that in a sandbox.
        src={url(`/leads/${lead.id}/tab-page`, { tab: tab.key })}
      />
    );
  }
  switch (tab.key) {
    case 'activities':
      return <Activities id={lead.id} types={undefined} />;
    case 'messages':
      return <Messages entity="leads" id={lead.id} />;
    case 'tasks':
      return (
        <Records
          entity="tasks"
          label={name}
          query={{ filter: `lead = ${lead.id}`, sort: '-createdAt' }}
          line={(task) => <TaskRow key={task.id} task={task} />}
          none={t('record.noTasks')}
        />
      );
    case 'follow-ups':
      return <FollowUpList lead={lead.id} />;
    case 'related':
      return related ? (
        <Records
          entity="leads"
          label={name}
          query={{ filter: related, sort: '-createdAt' }}
          line={(other) => <LeadLine key={other.id} lead={other} />}
          none={t('leadPage.noRelated')}
        />
      ) : (
        <Text size="sm" c="dimmed">
          {t('leadPage.noRelated')}
        </Text>
      );
    case 'automations':
      return <AutomationsPanel entity="leads" record={lead} />;
    case 'owners':
      return <OwnersPanel id={lead.id} />;
    default:
      return <Timeline entity="leads" id={lead.id} kinds={kinds} onKinds={onKinds} />;
  }
}

/** Adds or changes a tab that only the reader has. */
function OwnTabDialog({ tab, onClose }: { tab: LeadTab | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSaveOwnTab(tab);
  return (
    <FormDialog opened onClose={onClose} title={t(tab ? 'leadPage.own.change' : 'leadPage.own.add')}>
      <TabForm
        tab={tab}
        error={save.error}
        busy={save.isPending}
        settled={save.isSuccess}
        onCancel={onClose}
        onSave={(values) =>
          save.mutate(values, {
            onSuccess: () => {
              toast(t('common.saved'));
              onClose();
            },
          })
        }
      />
    </FormDialog>
  );
}

/** The tabs of the page of a lead: those of the view and the reader's own ones (PLT-038 to PLT-047). */
export function LeadTabs({ lead, page, shown, onShow, kinds, onKinds }: Props) {
  const { t } = useTranslation();
  const nameOf = useTabName();
  const removal = useRemoveOwnTab();
  const [form, setForm] = useState<LeadTab | 'new' | null>(null);
  const [removing, setRemoving] = useState<LeadTab | null>(null);
  // After somebody else's change, or one in another window, the next try is made upon what is there now.
  const edited =
    form === 'new' || form === null ? undefined : (page.tabs.find((tab) => tab.id === form.id) ?? form);
  const current =
    page.tabs.find((tab) => tab.key === shown) ??
    page.tabs.find((tab) => tab.key === page.defaultTab) ??
    page.tabs[0];
  if (!current) return null;
  return (
    <>
      <Tabs
        className={classes.panel}
        value={current.key}
        onChange={(next) => next && onShow(next)}
        keepMounted={false}
      >
        <div className={classes.bar}>
          <Tabs.List className={classes.list} aria-label={t('leadPage.tabsOf')}>
            {page.tabs.map((tab) => (
              <Tabs.Tab
                className={classes.tab}
                key={tab.key}
                value={tab.key}
                leftSection={<TabMark tab={tab} />}
              >
                {nameOf(tab)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tooltip label={t('leadPage.own.add')}>
            <ActionIcon aria-label={t('leadPage.own.add')} onClick={() => setForm('new')}>
              <IconPlus size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
        {page.tabs.map((tab) => (
          <Tabs.Panel key={tab.key} value={tab.key}>
            {(tab.own || tab.kind === 'custom') && (
              <div className={classes.own}>
                {tab.kind === 'custom' && (
                  <Anchor
                    size="sm"
                    mr="auto"
                    href={url(`/leads/${lead.id}/tab-page`, { tab: tab.key, open: true })}
                    target="_blank"
                    rel="noopener noreferrer"
                  >
                    <IconExternalLink size={14} aria-hidden /> {t('leadPage.ownWindow')}
                  </Anchor>
                )}
                {tab.own && (
                  <>
                    <Button
                      variant="subtle"
                      leftSection={<IconPencil size={14} />}
                      onClick={() => setForm(tab)}
                    >
                      {t('leadPage.own.change')}
                    </Button>
                    <Button
                      variant="subtle"
                      leftSection={<IconTrash size={14} />}
                      onClick={() => setRemoving(tab)}
                    >
                      {t('leadPage.own.remove')}
                    </Button>
                  </>
                )}
              </div>
            )}
            <Shown tab={tab} lead={lead} kinds={kinds} onKinds={onKinds} />
          </Tabs.Panel>
        ))}
      </Tabs>
      {form && <OwnTabDialog tab={edited} onClose={() => setForm(null)} />}
      <RemovalDialog
        what={removing}
        removal={removal}
        title={t('leadPage.own.removeTitle', { name: removing ? nameOf(removing) : '' })}
        confirm={t('common.remove')}
        onClose={() => setRemoving(null)}
      >
        {t('leadPage.own.removeText')}
      </RemovalDialog>
    </>
  );
}
