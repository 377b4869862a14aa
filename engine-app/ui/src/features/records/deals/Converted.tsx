import { Alert, Anchor, Button, Group, Menu, Text } from '@mantine/core';
import { IconArrowRight, IconSwitchHorizontal } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Conversion,
  convertedTo,
  isConverted,
  useLeadOfContact,
  useUndoConversion,
} from '@/api/conversions';
import type { RecordData } from '@/api/records';
import { useRecord } from '@/api/changeRecord';
import { useMayWith } from '@/api/rights';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { ConvertDialog } from './ConvertDialog';
import { useConversions } from './ConvertInRow';

const KINDS = ['deal', 'client'] as const;

function href(kind: Conversion, id: number): string {
  return kind === 'deal' ? `/opportunities/${id}` : `/contacts/${id}`;
}

/** Offers to make a deal or a client of a lead, what it is not yet. */
export function ConvertButton({ lead }: { lead: RecordData }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Conversion | null>(null);
  const offered = useConversions(lead);
  if (offered.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconSwitchHorizontal size={14} />}>
            {t('convert.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {offered.map((one) => (
            <Menu.Item key={one} onClick={() => setKind(one)}>
              {t(`convert.to.${one}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {kind && <ConvertDialog lead={lead} kind={kind} onClose={() => setKind(null)} />}
    </>
  );
}

function Undo({ lead, kind, id }: { lead: RecordData; kind: Conversion; id: number }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const undo = useUndoConversion(lead.id);
  const administrator = isAdministrator(useSession().data);
  const became = useRecord(kind === 'deal' ? 'opportunities' : 'contacts', id);
  const gone =
    became.error !== null ||
    became.data?.trashedAt != null ||
    (kind === 'client' && became.data !== undefined && became.data.values['client'] !== true);
  if (!administrator || !gone) return null;
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={undo.isPending}
      onClick={() => undo.mutate(kind, { onError: (error) => toast(problemText(error), { kind: 'bad' }) })}
    >
      {t('convert.undo')}
    </Button>
  );
}

/** Says what a lead has become, and leads there (LEAD-079, LEAD-106). */
export function Converted({ lead }: { lead: RecordData }) {
  const { t } = useTranslation();
  if (!isConverted(lead)) return null;
  return (
    <Alert color="teal" variant="light" p="xs" mb="xs" icon={<IconArrowRight size={18} />}>
      <Group gap="sm">
        <Text size="sm">{t('convert.converted')}</Text>
        {KINDS.map((kind) => {
          const id = convertedTo(lead, kind);
          return id === undefined ? null : (
            <Group key={kind} gap="xs">
              <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={href(kind, id)} />}>
                {t(`convert.open.${kind}`)}
              </Anchor>
              <Undo lead={lead} kind={kind} id={id} />
            </Group>
          );
        })}
      </Group>
    </Alert>
  );
}

/** Makes a lead of a contact (LEAD-161). */
export function ContactToLead({ contact }: { contact: RecordData }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const make = useLeadOfContact(contact.id);
  const may = useMayWith('leads', 'create');
  if (!may) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconSwitchHorizontal size={14} />}
      loading={make.isPending}
      onClick={() =>
        make.mutate(undefined, {
          onSuccess: (lead) => void navigate({ href: `/leads/${lead.id}` }),
          onError: (error) => toast(problemText(error), { kind: 'bad' }),
        })
      }
    >
      {t('convert.toLead')}
    </Button>
  );
}
