import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { difference } from '@/lib/bpmn/difference';
import { type BpmnDocument, readDocument } from '@/lib/bpmn/document';
import type { Automation } from '../api/getAutomation';
import type { CardDescriptor, TriggerDescriptor } from '../api/getCatalogue';
import { useVersion } from '../api/getVersions';
import type { DraftWarning } from '../api/lifecycle';
import classes from './Automation.module.css';
import { Differences } from './Differences';

interface Props {
  automation: Automation;
  /** The draft as it would be published. */
  document: BpmnDocument | undefined;
  cards: CardDescriptor[];
  triggers: TriggerDescriptor[];
  warnings: DraftWarning[];
  /** What is asked for; null shows nothing. */
  asking: 'publish' | 'unpublish' | null;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
}

type Seen = Pick<Props, 'automation' | 'document' | 'cards' | 'triggers'>;

/** What the draft does otherwise than the version that is live. */
function Changes({ automation, document, cards, triggers }: Seen) {
  const { t } = useTranslation();
  const number = automation.publishedVersion ?? undefined;
  const published = useVersion(automation.id, number);
  const bpmn = published.data?.bpmn;
  const changes = useMemo(() => {
    const before = bpmn ? readDocument(bpmn) : undefined;
    return before && document ? difference(before, document) : [];
  }, [bpmn, document]);
  if (number === undefined) return <Text size="sm">{t('editor.changes.first')}</Text>;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('editor.changes.since', { version: number })}
      </Title>
      {published.error ? (
        <ProblemAlert error={published.error} onRetry={() => void published.refetch()} />
      ) : published.isPending ? (
        <PageSkeleton rows={2} />
      ) : (
        <Differences changes={changes} cards={cards} triggers={triggers} />
      )}
    </Stack>
  );
}

/** Says what publishing or unpublishing means before it is done. */
export function LifecycleDialog(props: Props) {
  const { automation, document, cards, triggers, warnings, asking, busy, onConfirm, onClose } = props;
  const { t } = useTranslation();
  const ending = asking === 'unpublish';
  const waiting = automation.figures?.waiting ?? 0;
  return (
    <Modal
      opened={asking !== null}
      onClose={onClose}
      size={asking === 'publish' ? 'lg' : 'md'}
      title={t(ending ? 'editor.unpublishTitle' : 'editor.publishTitle', { name: automation.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text size="sm">
          {ending
            ? t('editor.unpublishText')
            : t('editor.publishText', { version: (automation.publishedVersion ?? 0) + 1 })}
        </Text>
        {asking === 'publish' && (
          <Changes automation={automation} document={document} cards={cards} triggers={triggers} />
        )}
        {asking === 'publish' && warnings.length > 0 && (
          <Stack gap="xs">
            <Title order={3} size="h5">
              {t('editor.warnings')}
            </Title>
            <ul className={classes.warnings}>
              {warnings.map((warning, index) => (
                <li key={index}>
                  <b>{warning.name || warning.element}</b>: {warning.text}
                </li>
              ))}
            </ul>
          </Stack>
        )}
        {waiting > 0 && <Text size="sm">{t('editor.underWay', { count: waiting })}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
          <Button color={ending ? 'red' : 'loom'} loading={busy} onClick={onConfirm}>
            {t(ending ? 'editor.unpublish' : 'editor.publishNow')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
