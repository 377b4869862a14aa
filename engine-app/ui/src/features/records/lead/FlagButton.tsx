import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFlag, IconFlag2Filled, IconFlagFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useChangeRecord } from '@/api/changeRecord';
import { useFields } from '@/api/getSchema';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { useRowTab } from '@/components/list/rowFocus';
import { useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { AUTOMATIC, BY_HAND, FLAG } from '@/lib/flag';

interface Props {
  lead: RecordData;
  /** In a row of a list, whose keys move between rows. */
  row?: boolean;
}

/** Brings a lead to the top of the list, or back to its place (LEAD-098). */
export function FlagButton({ lead, row = false }: Props) {
  const { t } = useTranslation();
  const tab = useRowTab();
  const problemText = useProblemText();
  const change = useChangeRecord('leads', lead.id);
  const mayEdit = useMayWith('leads', 'edit', lead);
  const field = useFields('leads').data?.find(({ key }) => key === FLAG);
  if (!field) return null;
  const flag = lead.values[FLAG];
  const flagged = flag != null;
  const automatic = flag === AUTOMATIC;
  const label = t(flagged ? 'flag.remove' : 'flag.set');
  const Icon = automatic ? IconFlag2Filled : flagged ? IconFlagFilled : IconFlag;
  return (
    <Tooltip label={automatic ? t('flag.automaticText') : label}>
      <ActionIcon
        tabIndex={row ? tab : undefined}
        aria-label={row ? t('flag.of', { name: titleOf('leads', lead) }) : t('flag.flag')}
        aria-pressed={flagged}
        disabled={lead.trashedAt != null || !mayEdit || field.readOnly === true || change.isPending}
        onClick={(event) => {
          event.stopPropagation();
          change.mutate(
            { values: { [FLAG]: flagged ? null : BY_HAND } },
            { onError: (error) => toast(problemText(error), { kind: 'bad' }) },
          );
        }}
      >
        <Icon
          size={16}
          color={automatic ? 'var(--ll-info)' : flagged ? 'var(--ll-bad)' : undefined}
          aria-hidden
        />
      </ActionIcon>
    </Tooltip>
  );
}
