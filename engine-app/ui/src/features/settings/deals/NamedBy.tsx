import { Alert, Anchor, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AppLink } from '@/components/AppLink';
import { type Use, useStageUses } from './deals';

/** The automations that name what is about to go; nothing when there are none. */
export function NamedBy({ name, uses }: { name: string; uses: Use[] | undefined }) {
  const { t } = useTranslation();
  if (!uses?.length) return null;
  return (
    <Alert color="yellow" variant="light" title={t('settings.pipelines.namedBy', { name })}>
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

/** The automations that name a stage which is left out. */
export function StageNamedBy({ pipeline, stage }: { pipeline: number; stage: { id: number; name: string } }) {
  return <NamedBy name={stage.name} uses={useStageUses(pipeline, stage.id).data?.uses} />;
}
