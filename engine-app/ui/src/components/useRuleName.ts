import { useTranslation } from 'react-i18next';
import type { MatchKind } from '@/api/duplicates';
import type { Mergeable } from '@/api/merges';

/** What a rule is called, by what it compares. */
export function useRuleName(entity: Mergeable) {
  const { t } = useTranslation();
  return ({ kind, label }: { kind: MatchKind; label?: string | null | undefined }) =>
    kind === 'field'
      ? label
        ? t('duplicates.rules.field', { field: label })
        : t('duplicates.rules.gone')
      : kind === 'name'
        ? t(`duplicates.rules.name.${entity}`)
        : t(`duplicates.rules.${kind}`);
}
