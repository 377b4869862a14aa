import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { IconDots, IconRoute, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeRecord, useDeleteRecord, useRecord, useRestoreRecord } from '@/api/changeRecord';
import { useFields } from '@/api/getSchema';
import { text, titleOf } from '@/api/records';
import { Facts } from '@/components/record/Facts';
import { RecordPage } from '@/components/record/RecordPage';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { LogActivity } from './LogActivity';
import { NotesPanel, RelatedPanel, RunsPanel, TagsPanel, TasksPanel } from './Panels';
import { KEY_FACTS } from './shapes';
import { StartAutomation } from './StartAutomation';
import { Timeline } from './Timeline';

type Shown = keyof typeof KEY_FACTS;

function RecordScreen({ entity, id }: { entity: Shown; id: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { tab } = useSearch({ strict: false }) as { tab?: string };
  const record = useRecord(entity, id);
  const fields = useFields(entity);
  const change = useChangeRecord(entity, id);
  const remove = useDeleteRecord(entity);
  const restore = useRestoreRecord(entity);
  const [starting, setStarting] = useState(false);

  if (record.error ?? fields.error) {
    return (
      <ProblemAlert
        error={record.error ?? fields.error}
        m="md"
        onRetry={() => {
          void record.refetch();
          void fields.refetch();
        }}
      />
    );
  }
  if (!record.data || !fields.data) return <PageSkeleton />;
  const data = record.data;
  const failed = (error: unknown) => toast(problemText(error), { kind: 'bad' });
  const starred = data.values['starred'] === true;

  const parts = [
    {
      key: 'facts',
      label: t('record.facts'),
      content: (
        <>
          {(entity === 'leads' || entity === 'contacts') && <TagsPanel entity={entity} record={data} />}
          <Facts entity={entity} record={data} fields={fields.data} keyFacts={KEY_FACTS[entity]} />
        </>
      ),
    },
    {
      key: 'timeline',
      label: t('record.timeline'),
      content: <Timeline entity={entity} id={id} fields={fields.data} />,
    },
    ...(entity === 'tasks'
      ? []
      : [
          {
            key: 'around',
            label: t('record.around'),
            content: (
              <>
                <TasksPanel entity={entity} id={id} />
                <NotesPanel entity={entity} id={id} />
                {entity === 'accounts' && <RelatedPanel of="contacts" entity={entity} id={id} />}
                {entity !== 'leads' && <RelatedPanel of="leads" entity={entity} id={id} />}
                {entity === 'leads' && <RunsPanel entity={entity} id={id} />}
              </>
            ),
          },
        ]),
  ];

  return (
    <>
      <RecordPage
        title={titleOf(entity, data)}
        beside={
          <Group gap="xs" wrap="nowrap">
            {entity === 'tasks' ? (
              <Status state={text(data, 'status')} />
            ) : (
              <Tooltip label={t(starred ? 'record.unstar' : 'record.star')}>
                <ActionIcon
                  aria-label={t(starred ? 'record.unstar' : 'record.star')}
                  aria-pressed={starred}
                  onClick={() =>
                    change.mutate(
                      { version: data.version, values: { starred: !starred } },
                      { onError: failed },
                    )
                  }
                >
                  {starred ? <IconStarFilled size={16} color="var(--ll-warn)" /> : <IconStar size={16} />}
                </ActionIcon>
              </Tooltip>
            )}
          </Group>
        }
        actions={
          <>
            {entity === 'tasks' && text(data, 'status') === 'pending' && (
              <Button
                loading={change.isPending}
                onClick={() =>
                  change.mutate(
                    { version: data.version, values: { status: 'completed' } },
                    { onError: failed },
                  )
                }
              >
                {t('record.complete')}
              </Button>
            )}
            {entity !== 'tasks' && <LogActivity entity={entity} id={id} />}
            <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
              <Menu.Target>
                <ActionIcon size={30} variant="default" aria-label={t('common.more')}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {entity !== 'tasks' && (
                  <Menu.Item leftSection={<IconRoute size={16} />} onClick={() => setStarting(true)}>
                    {t('bulk.automation')}
                  </Menu.Item>
                )}
                <Menu.Item
                  leftSection={<IconTrash size={16} />}
                  color="red"
                  onClick={() =>
                    remove.mutate(
                      { id, version: data.version },
                      {
                        onSuccess: () => {
                          void navigate({ href: `/${entity}` });
                          toast(t('record.deleted', { name: titleOf(entity, data) }), {
                            action: {
                              label: t('common.undo'),
                              run: () =>
                                restore.mutate(id, {
                                  onSuccess: () => void navigate({ href: `/${entity}/${id}` }),
                                  onError: failed,
                                }),
                            },
                          });
                        },
                        onError: failed,
                      },
                    )
                  }
                >
                  {t('record.toTrash')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
        parts={parts}
        tab={tab}
        onTab={(next) => void navigate({ to: '.', search: { tab: next } as never, replace: true })}
      />
      <StartAutomation entity={entity} record={data} opened={starting} onClose={() => setStarting(false)} />
    </>
  );
}

export function LeadScreen() {
  const { id } = useParams({ from: '/shell/leads/$id' });
  return <RecordScreen key={id} entity="leads" id={id} />;
}

export function ContactScreen() {
  const { id } = useParams({ from: '/shell/contacts/$id' });
  return <RecordScreen key={id} entity="contacts" id={id} />;
}

export function AccountScreen() {
  const { id } = useParams({ from: '/shell/accounts/$id' });
  return <RecordScreen key={id} entity="accounts" id={id} />;
}

export function TaskScreen() {
  const { id } = useParams({ from: '/shell/tasks/$id' });
  return <RecordScreen key={id} entity="tasks" id={id} />;
}
