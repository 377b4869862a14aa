import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FlowNode, SequenceFlow } from '@/lib/bpmn/document';

interface Props {
  node: FlowNode;
  nodes: FlowNode[];
  flows: SequenceFlow[];
  kindLabel: (node: FlowNode) => string;
  condition: (flow: string) => ReactNode;
}

/** The ways out of an If/Else in their order, each with its condition. */
export function GatewayBranches({ node, nodes, flows, kindLabel, condition }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {node.outgoing.length > 2 && (
        <Text size="sm" c="dimmed">
          {t('editor.priority')}
        </Text>
      )}
      {node.outgoing.map((id, index) => {
        const flow = flows.find((entry) => entry.id === id);
        const target = nodes.find((entry) => entry.id === flow?.target);
        const name = flow?.name || t('editor.branch', { number: index + 1 });
        return (
          <section key={id} aria-label={name}>
            <Group gap={6} mb={4}>
              <Text size="sm" fw={600}>
                {name}
              </Text>
              <Text size="xs" c="dimmed">
                → {target?.name || (target ? kindLabel(target) : '')}
              </Text>
            </Group>
            {node.defaultFlow === id ? (
              <Text size="sm" c="dimmed">
                {t('editor.defaultFlow')}
              </Text>
            ) : (
              condition(id)
            )}
          </section>
        );
      })}
    </Stack>
  );
}
