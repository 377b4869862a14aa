import { IconUserShare, IconUsers, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SmartList } from '@/api/smartLists';

/** With whom a list is shared: everybody, chosen ones by the reader, or the reader by somebody else (ENG-087). */
export function SharingIcon({ list, size = 14 }: { list: SmartList; size?: number }) {
  const { t } = useTranslation();
  if (list.sharing === 'everyone') {
    return <IconWorld size={size} role="img" aria-label={t('smart.sharedWithAll')} />;
  }
  if (!list.mine) return <IconUserShare size={size} role="img" aria-label={t('smart.sharedWithMe')} />;
  if (list.sharing === 'chosen') {
    return <IconUsers size={size} role="img" aria-label={t('smart.sharedByMe')} />;
  }
  return null;
}
