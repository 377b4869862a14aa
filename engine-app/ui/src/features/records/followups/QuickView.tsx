import { Button, Drawer, Group, Text, Title } from '@mantine/core';
import { IconArrowRight, IconClockPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { FollowUpList } from './FollowUpList';
import classes from './FollowUps.module.css';

interface Props {
  /** Undefined while it is being read. */
  lead: RecordData | undefined;
  /** What there is to see until then. */
  waiting?: ReactNode;
  onClose: () => void;
  onFollowUp: () => void;
}

/** A lead at a glance: its last follow-up and all before it (LEAD-114 to LEAD-116). */
export function QuickView({ lead, waiting, onClose, onFollowUp }: Props) {
  const { t } = useTranslation();
  const mayEdit = useMayWith('leads', 'edit', lead);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={480}
      title={<Text fw={650}>{lead ? titleOf('leads', lead) : t('followUp.quick')}</Text>}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {lead ? (
        <div className={classes.quick}>
          <Group gap="xs">
            {mayEdit && (
              <Button leftSection={<IconClockPlus size={16} />} onClick={onFollowUp}>
                {t('followUp.new')}
              </Button>
            )}
            <Button
              variant="default"
              rightSection={<IconArrowRight size={16} />}
              renderRoot={(props) => <AppLink {...props} href={`/leads/${lead.id}`} />}
            >
              {t('followUp.details')}
            </Button>
          </Group>
          <section aria-label={t('followUp.history')}>
            <Title order={3} mb="xs">
              {t('followUp.history')}
            </Title>
            <FollowUpList lead={lead.id} />
          </section>
        </div>
      ) : (
        waiting
      )}
    </Drawer>
  );
}
