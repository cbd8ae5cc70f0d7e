import { type DragEvent, type ReactNode, useState } from 'react'
import { PRODUCT_TYPE } from './product-type.ts'

interface Props {
  readonly onProduct: (id: string) => void
  readonly children: ReactNode
}

const carries = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes(PRODUCT_TYPE)

/** Takes what is dragged here from the catalogue; whoever drags nothing presses it there instead. */
export function ProductTarget({ onProduct, children }: Props) {
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    if (!carries(event)) return
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent) => {
    setOver(false)
    const id = event.dataTransfer.getData(PRODUCT_TYPE)
    if (id === '') return
    event.preventDefault()
    onProduct(id)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pressing a product in the catalogue does the same
    <div
      className="product-target"
      onDragOver={over}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      style={{ outline: isOver ? '2px dashed var(--mantine-primary-color-filled)' : 'none' }}
    >
      {children}
    </div>
  )
}
