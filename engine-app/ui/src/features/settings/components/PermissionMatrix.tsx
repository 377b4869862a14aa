import { useTranslation } from 'react-i18next';
import type { Section, Words } from '../api/permissions';
import classes from './Permissions.module.css';

const ACTIONS = ['view', 'create', 'edit', 'delete', 'export', 'import', 'bulk', 'share'] as const;
const REACHES = ['none', 'own', 'team', 'hierarchy', 'all'] as const;

/** The same words with one of them changed. */
export function changed(words: Words, outer: string, inner: string, value: string): Words {
  return { ...words, [outer]: { ...words[outer], [inner]: value } };
}

interface Props {
  sections: Section[];
  grants: Words;
  disabled: boolean;
  onChange: (grants: Words) => void;
}

/** Rows are what permissions are for, columns what can be done; a cell says how far it reaches. */
export function PermissionMatrix({ sections, grants, disabled, onChange }: Props) {
  const { t } = useTranslation();
  const nameOf = (section: string) =>
    t(`settings.permissions.sections.${section}`, { defaultValue: section });
  return (
    // Scrolled by keyboard too.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('settings.permissions.matrix')}>
      <table className={classes.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('settings.permissions.section')}</th>
            {ACTIONS.map((action) => (
              <th key={action} scope="col">
                {t(`settings.permissions.actions.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sections.map((section) => (
            <tr key={section.key}>
              <th scope="row">{nameOf(section.key)}</th>
              {ACTIONS.map((action) => {
                if (!section.actions.includes(action)) return <td key={action} aria-hidden />;
                const value = grants[section.key]?.[action] ?? 'none';
                return (
                  <td key={action}>
                    <select
                      className={classes.pick}
                      data-given={value === 'none' ? undefined : true}
                      aria-label={`${nameOf(section.key)}: ${t(`settings.permissions.actions.${action}`)}`}
                      value={value}
                      disabled={disabled}
                      onChange={(event) =>
                        onChange(changed(grants, section.key, action, event.currentTarget.value))
                      }
                    >
                      {REACHES.filter((reach) => section.reaching || reach === 'none' || reach === 'all').map(
                        (reach) => (
                          <option key={reach} value={reach}>
                            {t(
                              section.reaching
                                ? `settings.permissions.reaches.${reach}`
                                : reach === 'all'
                                  ? 'common.yes'
                                  : 'settings.permissions.reaches.none',
                            )}
                          </option>
                        ),
                      )}
                    </select>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
