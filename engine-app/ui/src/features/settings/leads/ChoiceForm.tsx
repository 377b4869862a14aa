import { ColorInput, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, type ChoiceKind, useChoices } from '@/api/getChoices';
import { FormDialog, Unsaved } from '@/components/FormDialog';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { type ChoiceValues, useSaveChoice } from './choices';
import { FormFooter } from '../components/FormFooter';

const SWATCHES = [
  '#4c6ef5',
  '#1c7ed6',
  '#0c8599',
  '#2f9e44',
  '#f59f00',
  '#f08c00',
  '#e03131',
  '#c2255c',
  '#7048e8',
  '#868e96',
];

interface Props {
  kind: ChoiceKind;
  /** The choice to change; undefined for a new one. */
  choice: Choice | undefined;
  /** Where a new one is added. */
  group: { active?: boolean; parent?: number };
  onClose: () => void;
}

/** A stage, status, source, group or rating: a new one, or one that gets another name, colour or place. */
export function ChoiceForm({ kind, choice, group, onClose }: Props) {
  const { t } = useTranslation();
  const save = useSaveChoice(kind);
  const stages = useChoices('stage', kind === 'status').data ?? [];
  const [label, setLabel] = useState(choice?.label ?? '');
  const [colour, setColour] = useState(choice?.colour ?? '');
  const [active, setActive] = useState(choice?.active ?? group.active ?? true);
  const [hidden, setHidden] = useState(choice?.hidden ?? false);
  const [shared, setShared] = useState(choice?.shared ?? true);
  const [offered, setOffered] = useState(choice?.offered ?? true);
  const [parent, setParent] = useState<number | undefined>(choice?.parent ?? group.parent);
  const violations = violationsOf(save.error);
  const errorOf = (key: string) => violations.find(({ field }) => field === key)?.expectation;
  const coloured = ['stage', 'status', 'group', 'rating'].includes(kind);
  const placed = violations.some(({ field }) => ['label', 'colour', 'active', 'parent'].includes(field));

  const values: ChoiceValues = {
    label: label.trim(),
    ...(coloured && { colour }),
    ...(kind === 'source' && { offered }),
    ...(kind === 'stage' && { active, hidden }),
    ...(kind === 'status' && { hidden, shared, ...(parent !== undefined && { parent }) }),
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={t(choice ? `leadSettings.change.${kind}` : `leadSettings.new.${kind}`)}
    >
      <Unsaved
        values={{ label, colour, active, hidden, shared, parent, offered }}
        settled={save.isPending || save.isSuccess}
      />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(
            { id: choice?.id, values },
            {
              onSuccess: () => {
                toast(t('common.saved'));
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap="md">
          {save.error && !placed && <ProblemAlert error={save.error} />}
          <TextInput
            label={t('common.name')}
            description={choice && t('leadSettings.renameText', { id: choice.id })}
            value={label}
            error={errorOf('label')}
            maxLength={250}
            required
            data-autofocus
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          {coloured && (
            <ColorInput
              label={t('leadSettings.colour')}
              description={kind === 'stage' ? t('leadSettings.stageColour') : undefined}
              placeholder="#2f9e44"
              format="hex"
              swatches={SWATCHES}
              swatchesPerRow={10}
              withEyeDropper={false}
              value={colour}
              error={errorOf('colour')}
              onChange={setColour}
            />
          )}
          {kind === 'stage' && (
            <Select
              label={t('leadSettings.group')}
              data={[
                { value: 'active', label: t('leadSettings.active') },
                { value: 'inactive', label: t('leadSettings.inactive') },
              ]}
              value={active ? 'active' : 'inactive'}
              error={errorOf('active')}
              allowDeselect={false}
              onChange={(next) => setActive(next === 'active')}
            />
          )}
          {kind === 'status' && (
            <Select
              label={t('leadSettings.ofStage')}
              description={t('leadSettings.ofStageText')}
              data={stages.map((stage) => ({ value: String(stage.id), label: stage.label }))}
              value={parent === undefined ? null : String(parent)}
              error={errorOf('parent')}
              allowDeselect={false}
              required
              onChange={(next) => next && setParent(Number(next))}
            />
          )}
          {kind === 'source' && (
            <Switch
              label={t('leadSettings.offer')}
              description={t(choice?.builtIn ? 'leadSettings.offerBuiltIn' : 'leadSettings.offerText')}
              checked={offered}
              disabled={choice?.builtIn === true}
              onChange={(event) => setOffered(event.currentTarget.checked)}
            />
          )}
          {(kind === 'stage' || kind === 'status') && (
            <Switch
              label={t('leadSettings.hide')}
              description={t('leadSettings.hideText')}
              checked={hidden}
              onChange={(event) => setHidden(event.currentTarget.checked)}
            />
          )}
          {kind === 'status' && (
            <Switch
              label={t('leadSettings.share')}
              description={t('leadSettings.shareText')}
              checked={shared}
              onChange={(event) => setShared(event.currentTarget.checked)}
            />
          )}
          <FormFooter
            submit={t('common.save')}
            loading={save.isPending}
            disabled={label.trim() === ''}
            onCancel={onClose}
          />
        </Stack>
      </form>
    </FormDialog>
  );
}
