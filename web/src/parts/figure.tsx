import { Text } from '@mantine/core'

/** One number with what it is. */
export function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text fw={700} size="lg">
        {value}
      </Text>
    </div>
  )
}
