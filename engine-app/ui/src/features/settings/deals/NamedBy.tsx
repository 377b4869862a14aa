import { Alert, Anchor, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import type { Use } from './deals';

/** The automations that name what is about to go, and what becomes of them; nothing when there are none. */
export function NamedBy({
  name,
  uses,
  instead,
}: {
  name: string;
  uses: Use[] | undefined;
  /** What its name means from then on; undefined where nobody has chosen it. */
  instead: string | undefined;
}) {
  const { t } = useTranslation();
  if (!uses?.length) return null;
  return (
    <Alert color="yellow" variant="light" title={t('settings.pipelines.namedBy', { name })}>
      <Text size="sm" mb={4}>
        {instead === undefined
          ? t('settings.pipelines.namedFail')
          : t('settings.pipelines.namedGoOn', { instead })}
      </Text>
      <List size="sm">
        {uses.map(({ id, name: automation }) => (
          <List.Item key={id}>
            <Anchor
              size="sm"
              underline="always"
              renderRoot={(props) => <AppLink {...props} href={`/automations/${id}`} />}
            >
              {automation}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
