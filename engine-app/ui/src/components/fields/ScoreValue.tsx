import { useTranslation } from 'react-i18next';
import { percentOf, useScoreDisplay } from '@/api/leadScore';
import { formatNumber } from '@/lib/format';

interface Props {
  total: number;
  /** As it stands in the lead, where that is known. */
  percentage?: unknown;
}

/** A lead's score as the account wants it shown, with the other figure on hover (LEAD-151). */
export function ScoreValue({ total, percentage }: Props) {
  const { t } = useTranslation();
  const shown = useScoreDisplay().data;
  if (!shown) return <>{formatNumber(total)}</>;
  const percent = typeof percentage === 'number' ? percentage : percentOf(total, shown.maximum);
  const ofMaximum = t('score.ofMaximum', {
    total: formatNumber(total),
    maximum: formatNumber(shown.maximum),
  });
  const reached = t('score.reached', { percentage: formatNumber(percent) });
  return shown.display === 'percentage' ? (
    <span title={ofMaximum}>{reached}</span>
  ) : (
    <span title={reached}>{formatNumber(total)}</span>
  );
}
