import { useTranslation } from 'react-i18next';
import { LEAD_ACTIONS } from '@/api/leadPage';
import { Zones } from './Zones';
import type { Placed } from './zones';

/** So many buttons fit above the facts. */
const MOST = 5;

/** The actions of the page: as buttons, and in the drop-down (PLT-048, PLT-049). */
export function ActionsStep({ placed, onPlaced }: { placed: Placed; onPlaced: (next: Placed) => void }) {
  const { t } = useTranslation();
  return (
    <Zones
      available={t('leadViews.availableActions')}
      entries={LEAD_ACTIONS.map((key) => ({ key, label: t(`leadPage.actions.${key}`) }))}
      zones={[
        {
          key: 'buttons',
          label: t('leadViews.buttons'),
          text: t('leadViews.buttonsText'),
          refuses: (_, present) => (present.length >= MOST ? t('leadViews.fiveButtons') : undefined),
        },
        {
          key: 'dropdown',
          label: t('leadViews.dropdown'),
          text: t('leadViews.dropdownText'),
          refuses: () => undefined,
        },
      ]}
      placed={placed}
      onPlaced={onPlaced}
    />
  );
}
