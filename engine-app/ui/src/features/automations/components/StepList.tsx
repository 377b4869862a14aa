import { Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '@/lib/bpmn/document';
import type { CardFigures } from '../api/getFigures';
import classes from './Automation.module.css';

interface Props {
  /** The name of the automation. */
  name: string;
  /** Whether nothing can be changed. */
  fixed: boolean;
  onRename: (name: string) => void;
  nodes: FlowNode[];
  figures: CardFigures[];
  kindLabel: (node: FlowNode) => string;
  onChoose: (id: string) => void;
}

/** All steps in the order in which a reader meets them. */
export function StepList({ name, fixed, onRename, nodes, figures, kindLabel, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <div>
      <TextInput
        label={t('editor.name')}
        mb="md"
        value={name}
        readOnly={fixed}
        onChange={(event) => onRename(event.currentTarget.value)}
      />
      <Title order={2} mb={4}>
        {t('editor.steps')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('editor.stepsText')}
      </Text>
      <ol className={classes.steps}>
        {nodes.map((node) => {
          const { entered, waiting, failed } = figures.find((figure) => figure.card === node.id) ?? {};
          const said = [
            kindLabel(node),
            entered != null && t('editor.entered', { count: entered }),
            waiting && t('editor.waiting', { count: waiting }),
            failed && t('editor.failed', { count: failed }),
          ];
          return (
            <li key={node.id}>
              <button type="button" className={classes.step} onClick={() => onChoose(node.id)}>
                <span className={classes.stepName}>{node.name || kindLabel(node)}</span>
                <span className={classes.stepKind}>{said.filter(Boolean).join(' · ')}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
