import { ActionIcon, Alert, Button, Group, Title } from '@mantine/core';
import { IconPencil, IconPlus, IconRestore } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LeadTab, SYSTEM_TABS, type TabValues } from '@/api/leadPage';
import { TabForm } from '@/components/leadTabs/TabForm';
import { TabMark, useTabName } from '@/components/leadTabs/TabMark';
import { Zones } from './Zones';

const MOST = 20;

interface Props {
  tabs: LeadTab[];
  onTabs: (next: LeadTab[]) => void;
  /** Those that were added, also those that were taken out again: they can still be chosen. */
  made: LeadTab[];
  onMade: (next: LeadTab[]) => void;
  defaultTab: string;
  onDefault: (key: string) => void;
  /** Brings the last saved selection back, or the usual one (PLT-D11). */
  onReset: () => void;
  /** Whether a tab is being made just now. */
  onMaking: (making: boolean) => void;
  problem: string | undefined;
}

/** A name for a new tab that no other one has. */
function freshKey(): string {
  return `tab-${crypto.randomUUID().replace(/-/g, '').slice(0, 12)}`;
}

/** The tabs of the page: which, in which order, and which is open first (PLT-038 to PLT-047). */
export function TabsStep({
  tabs,
  onTabs,
  made,
  onMade,
  defaultTab,
  onDefault,
  onReset,
  onMaking,
  problem,
}: Props) {
  const { t } = useTranslation();
  const nameOf = useTabName();
  const root = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<LeadTab | 'new' | null>(null);
  const all = [
    ...SYSTEM_TABS.map((key): LeadTab => ({ key, kind: 'system', activityTypes: [] })),
    // As they are where they stand now, and as they were left where they do not.
    ...made.map((tab) => tabs.find((other) => other.key === tab.key) ?? tab),
  ];
  const find = (key: string) => all.find((tab) => tab.key === key);
  const open = (next: LeadTab | 'new' | null) => {
    setForm(next);
    onMaking(next !== null);
  };
  const back = (key: string | undefined) => {
    open(null);
    // What had the focus is gone.
    requestAnimationFrame(() =>
      root.current
        ?.querySelector<HTMLElement>(key === undefined ? '[data-add-tab]' : `[data-entry="${key}"] button`)
        ?.focus(),
    );
  };
  const keep = ({ kind, name, activityTypes, url }: TabValues) => {
    const key = form && form !== 'new' ? form.key : freshKey();
    const tab: LeadTab =
      kind === 'activity' ? { key, kind, name, activityTypes } : { key, kind, name, activityTypes: [], url };
    onMade([...made.filter((other) => other.key !== key), tab]);
    onTabs(
      tabs.some((other) => other.key === key)
        ? tabs.map((other) => (other.key === key ? tab : other))
        : [...tabs, tab],
    );
    back(key);
  };
  if (form) {
    return (
      <section aria-label={t('leadViews.newTab')}>
        <Title order={3} mb="sm">
          {form === 'new' ? t('leadViews.newTab') : nameOf(form)}
        </Title>
        <TabForm
          tab={form === 'new' ? undefined : form}
          onSave={keep}
          onCancel={() => back(form === 'new' ? undefined : form.key)}
        />
      </section>
    );
  }
  return (
    <div ref={root}>
      {problem && (
        <Alert color="red" variant="light" role="alert" p="xs" mb="sm">
          {problem}
        </Alert>
      )}
      <Zones
        available={t('leadViews.availableTabs')}
        entries={all.map((tab) => ({ key: tab.key, label: nameOf(tab), mark: <TabMark tab={tab} /> }))}
        zones={[
          {
            key: 'tabs',
            label: t('leadViews.selectedTabs'),
            text: t('leadViews.selectedTabsText'),
            refuses: (_, present) => (present.length >= MOST ? t('leadViews.twentyTabs') : undefined),
          },
        ]}
        placed={{ tabs: tabs.map((tab) => tab.key) }}
        onPlaced={(next) => onTabs((next['tabs'] ?? []).flatMap((key) => find(key) ?? []))}
        action={() => (
          <Group gap={4}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconRestore size={14} />}
              onClick={onReset}
            >
              {t('leadViews.reset')}
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              data-add-tab
              disabled={tabs.length >= MOST}
              title={tabs.length >= MOST ? t('leadViews.twentyTabs') : undefined}
              onClick={() => open('new')}
            >
              {t('leadViews.addNew')}
            </Button>
          </Group>
        )}
        tools={(entry) => {
          const tab = find(entry.key);
          return (
            <>
              <Button
                size="compact-xs"
                variant={entry.key === defaultTab ? 'light' : 'subtle'}
                aria-pressed={entry.key === defaultTab}
                aria-label={t('leadViews.defaultOf', { name: entry.label })}
                onClick={() => onDefault(entry.key)}
              >
                {t('leadViews.default')}
              </Button>
              {tab && tab.kind !== 'system' && (
                <ActionIcon
                  size="sm"
                  aria-label={t('leadSettings.edit', { name: entry.label })}
                  onClick={() => open(tab)}
                >
                  <IconPencil size={14} />
                </ActionIcon>
              )}
            </>
          );
        }}
      />
    </div>
  );
}
