import { Button, Code, Drawer, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { IconVersions } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import { BpmnDiagram } from '@/components/BpmnDiagram';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import type { Automation } from '../api/getAutomation';
import { useVersion, useVersions } from '../api/getVersions';
import classes from './Automation.module.css';

interface Props {
  automation: Automation;
  busy: boolean;
  onRollback: (version: number) => void;
  onCancelRuns: (version: number) => void;
}

/** What was published when; an older version can be published again. */
export function VersionsTab({ automation, busy, onRollback, onCancelRuns }: Props) {
  const { t } = useTranslation();
  const versions = useVersions(automation.id);
  const mayEdit = useMay('automations', 'edit');
  const [shown, setShown] = useState<number | undefined>();
  const [asking, setAsking] = useState<{ version: number; what: 'rollback' | 'cancelRuns' } | null>(null);
  const one = useVersion(automation.id, shown);
  return (
    <div className={classes.tabBody}>
      {versions.error ? (
        <ProblemAlert error={versions.error} onRetry={() => void versions.refetch()} />
      ) : versions.isPending ? (
        <PageSkeleton rows={3} />
      ) : versions.data.length === 0 ? (
        <EmptyState icon={IconVersions} title={t('editor.noVersions')} text={t('editor.noVersionsText')} />
      ) : (
        <DataTable
          label={t('editor.tabs.versions')}
          items={versions.data}
          rowKey={(version) => version.number}
          columns={[
            {
              key: 'version',
              label: t('editor.version'),
              cell: (version) => (
                <Button variant="subtle" ml={-12} onClick={() => setShown(version.number)}>
                  {t('editor.versionNumber', { version: version.number })}
                  {version.live && ` · ${t('editor.current')}`}
                </Button>
              ),
            },
            {
              key: 'at',
              label: t('editor.publishedAt'),
              cell: (version) => <Moment at={version.publishedAt} />,
            },
            { key: 'by', label: t('editor.by'), cell: (version) => version.authorName },
            {
              key: 'actions',
              label: '',
              cell: (version) =>
                mayEdit && (
                  <Group gap={4} justify="flex-end">
                    {!version.live && (
                      <Button
                        variant="subtle"
                        onClick={() => setAsking({ version: version.number, what: 'rollback' })}
                      >
                        {t('editor.rollback')}
                      </Button>
                    )}
                    <Button
                      variant="subtle"
                      color="red"
                      onClick={() => setAsking({ version: version.number, what: 'cancelRuns' })}
                    >
                      {t('editor.cancelRuns')}
                    </Button>
                  </Group>
                ),
            },
          ]}
        />
      )}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={asking ? t(`editor.${asking.what}Title`, { version: asking.version }) : ''}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {asking && (
          <Stack>
            <Text size="sm">{t(`editor.${asking.what}Text`, { version: asking.version })}</Text>
            <Button
              color={asking.what === 'cancelRuns' ? 'red' : 'loom'}
              loading={busy}
              onClick={() => {
                if (asking.what === 'rollback') onRollback(asking.version);
                else onCancelRuns(asking.version);
                setAsking(null);
              }}
            >
              {t(`editor.${asking.what}`)}
            </Button>
          </Stack>
        )}
      </Modal>
      <Drawer
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        position="right"
        size="xl"
        title={t('editor.versionNumber', { version: shown ?? 0 })}
        transitionProps={{ duration: 120 }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {one.error ? (
          <ProblemAlert error={one.error} onRetry={() => void one.refetch()} />
        ) : one.data ? (
          <Stack>
            {one.data.bpmn && (
              <div style={{ height: 320 }}>
                <BpmnDiagram bpmn={one.data.bpmn} label={t('editor.diagram')} />
              </div>
            )}
            {one.data.drl && (
              <>
                <Title order={3}>{t('editor.drl')}</Title>
                <Code block className={classes.code} tabIndex={0}>
                  {one.data.drl}
                </Code>
              </>
            )}
          </Stack>
        ) : (
          <PageSkeleton rows={4} />
        )}
      </Drawer>
    </div>
  );
}
