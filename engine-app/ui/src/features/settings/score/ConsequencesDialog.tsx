import { Anchor, Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { formatNumber } from '@/lib/format';
import type { ScorePreview } from './api';
import classes from './Score.module.css';

interface Props {
  preview: ScorePreview | null;
  busy: boolean;
  onClose: () => void;
  onConfirm: () => void;
}

/** What saving would do, before it is done. */
export function ConsequencesDialog({ preview, busy, onClose, onConfirm }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={preview !== null}
      onClose={onClose}
      title={t('score.consequences')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {preview && (
        <Stack gap="sm">
          <Text size="sm">
            {t('score.willScore', { count: preview.leads, number: formatNumber(preview.leads) })}{' '}
            {preview.before === preview.maximum
              ? t('score.sameMaximum', { points: formatNumber(preview.maximum) })
              : t('score.newMaximum', {
                  before: formatNumber(preview.before),
                  after: formatNumber(preview.maximum),
                })}
          </Text>
          {preview.looked > 0 && (
            <Text size="sm">
              {t('score.tried', {
                looked: formatNumber(preview.looked),
                changed: formatNumber(preview.changed),
                rises: formatNumber(preview.rises),
                falls: formatNumber(preview.falls),
              })}
            </Text>
          )}
          {preview.samples.length > 0 && (
            <Table.ScrollContainer minWidth={360}>
              <Table aria-label={t('score.samples')}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('score.lead')}</Table.Th>
                    <Table.Th ta="right">{t('score.now')}</Table.Th>
                    <Table.Th ta="right">{t('score.then')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {preview.samples.map((lead) => (
                    <Table.Tr key={lead.id}>
                      <Table.Td>
                        <Anchor
                          size="sm"
                          target="_blank"
                          renderRoot={(props) => <AppLink {...props} href={`/leads/${lead.id}`} />}
                        >
                          {lead.name ?? `#${lead.id}`}
                        </Anchor>
                      </Table.Td>
                      <Table.Td ta="right" className={classes.figure}>
                        {t('score.both', { total: formatNumber(lead.total), percentage: lead.percentage })}
                      </Table.Td>
                      <Table.Td ta="right" className={classes.figure}>
                        {t('score.both', {
                          total: formatNumber(lead.newTotal),
                          percentage: lead.newPercentage,
                        })}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
          <Text size="xs" c="dimmed">
            {t('score.meanwhile')}
          </Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button loading={busy} onClick={onConfirm} data-autofocus>
              {t('score.confirm')}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
