import type { TFunction } from 'i18next';
import type { Badge } from '@/components/BpmnCanvas';
import { formatNumber } from '@/lib/format';
import type { CardFigures } from '../api/getFigures';

/** The counters on the cards of the diagram: entered, waiting, failed. */
export function counters(figures: CardFigures[], t: TFunction): Record<string, Badge[]> {
  return Object.fromEntries(
    figures.map(({ card, entered, waiting, failed }) => {
      const badges: Badge[] = [];
      if (entered)
        badges.push({ text: formatNumber(entered), title: t('editor.entered', { count: entered }) });
      if (waiting) {
        const title = t('editor.waiting', { count: waiting });
        badges.push({ text: `⧗ ${formatNumber(waiting)}`, title, tone: 'warn' });
      }
      if (failed) {
        const title = t('editor.failed', { count: failed });
        badges.push({ text: `! ${formatNumber(failed)}`, title, tone: 'bad' });
      }
      return [card, badges];
    }),
  );
}
