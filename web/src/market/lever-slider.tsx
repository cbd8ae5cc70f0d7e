import { CloseButton, Group, Slider, Stack, Text } from '@mantine/core'
import { useSettings } from '../shell/settings.tsx'

interface Props {
  readonly label: string
  /** Null: as the scenario has it. */
  readonly value: number | null
  /** What the scenario has. */
  readonly base: number
  readonly min: number
  readonly max: number
  readonly step: number
  readonly text: (value: number) => string
  readonly onChange: (value: number | null) => void
}

/** A lever with what it stands at; one that was turned can be put back. */
export function LeverSlider({ label, value, base, min, max, step, text, onChange }: Props) {
  const { t } = useSettings()
  return (
    <Stack gap={2}>
      <Group justify="space-between" wrap="nowrap" mih={28}>
        <Text size="sm">{label}</Text>
        <Group gap={4} wrap="nowrap">
          <Text size="sm" className="nowrap" fw={value === null ? 400 : 700}>
            {text(value ?? base)}
          </Text>
          {value === null ? null : (
            <CloseButton
              size="sm"
              aria-label={t('web.market.putBack', { lever: label })}
              onClick={() => onChange(null)}
            />
          )}
        </Group>
      </Group>
      <Slider
        {...{ min, max, step }}
        value={value ?? base}
        onChange={onChange}
        label={null}
        color={value === null ? 'gray' : 'teal'}
        thumbLabel={label}
        thumbProps={{ 'aria-valuetext': text(value ?? base) }}
      />
    </Stack>
  )
}
