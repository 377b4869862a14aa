import { Badge, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { CriterionText } from '@/components/why/CriterionText';
import type { Change, SettingChange } from '@/lib/bpmn/difference';
import type { CardDescriptor, Setting, TriggerDescriptor } from '../api/getCatalogue';
import classes from './Automation.module.css';
import { said } from './flow/summary';
import { type Criterion, readCondition } from './form/condition';

const COLORS = { added: 'green', removed: 'red', changed: 'blue' } as const;
const LONGEST = 160;

const OWN = { $name: 'wasName', $order: 'order', $type: 'kind' } as const;

interface Props {
  changes: Change[];
  cards: CardDescriptor[];
  triggers: TriggerDescriptor[];
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

function plain(value: unknown, setting: Setting | undefined, t: TFunction): string {
  const text = setting
    ? said(setting, value)
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number | boolean);
  return value === undefined || value === null || text === '' ? t('editor.changes.nothing') : shortened(text);
}

function criteriaOf(value: unknown): Criterion[] {
  return readCondition({ criteria: value } as Record<string, unknown>)?.criteria ?? [];
}

function Value({ change, value, setting }: { change: SettingChange; value: unknown; setting?: Setting }) {
  const { t } = useTranslation();
  if (change.key === 'criteria') {
    const criteria = criteriaOf(value);
    return criteria.length === 0
      ? t('editor.changes.nothing')
      : criteria.map((criterion, index) => (
          <span key={index}>
            {index > 0 && ' · '}
            <CriterionText criterion={criterion} />
          </span>
        ));
  }
  return plain(value, setting, t);
}

/** What is not the same in two forms of an automation, step by step, with what it was and what it is. */
export function Differences({ changes, cards, triggers }: Props) {
  const { t } = useTranslation();
  if (changes.length === 0) return <Text size="sm">{t('editor.changes.none')}</Text>;
  const label = (change: SettingChange, setting: Setting | undefined) => {
    if (change.key === 'criteria') return t('editor.changes.condition');
    const own = OWN[change.key as keyof typeof OWN];
    return own ? t(`editor.changes.${own}`) : (setting?.label ?? change.key);
  };
  const title = ({ part, name }: Change) =>
    part === 'automation'
      ? t('editor.changes.automation')
      : part === 'branch'
        ? t('editor.changes.branch', { name })
        : name;
  return (
    <ul className={classes.changes}>
      {changes.map((change) => {
        const wanted = change.node?.kind === 'wait' ? 'flow.wait' : change.node?.type;
        const form = [...cards, ...triggers].find(({ type }) => type === wanted)?.fields ?? [];
        return (
          <li key={`${change.kind}-${change.id}`}>
            <Badge size="sm" radius="sm" variant="light" color={COLORS[change.kind]}>
              {t(`editor.changes.${change.kind}`)}
            </Badge>
            <div>
              <Text size="sm" fw={550} component="span">
                {title(change)}
              </Text>
              {change.settings.map((each) => {
                const setting = form.find(({ key }) => key === each.key);
                return (
                  <div key={each.key} className={classes.changeLine}>
                    {label(each, setting)}:{' '}
                    <del>
                      <Value change={each} value={each.before} {...(setting && { setting })} />
                    </del>{' '}
                    →{' '}
                    <ins>
                      <Value change={each} value={each.after} {...(setting && { setting })} />
                    </ins>
                  </div>
                );
              })}
              {change.next && (
                <div className={classes.changeLine}>
                  {t('editor.changes.next')}: <del>{change.next.before.join(', ')}</del> →{' '}
                  <ins>{change.next.after.join(', ')}</ins>
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
