/**
 * Reads out the column under the pointer from the table behind a chart. The page is complete without it.
 * The policy in the page allows this script only, by its hash; a test says the new hash after a change.
 */
export const script = `
for (const figure of document.querySelectorAll('figure[data-columns]')) {
  const plot = figure.querySelector('.plot')
  const cursor = figure.querySelector('.cursor')
  const readout = figure.querySelector('.readout')
  const heads = [...figure.querySelectorAll('thead th')].map((head) => head.textContent)
  const rows = figure.querySelectorAll('tbody tr')
  const last = Number(figure.dataset.columns) - 1
  plot.addEventListener('pointermove', (event) => {
    const { left, width } = plot.getBoundingClientRect()
    const share = Math.min(Math.max((event.clientX - left) / width, 0), 1)
    const row = rows[Math.min(Math.floor(share * Number(figure.dataset.length)), last)]
    if (!row) return
    const cells = [...row.cells].map((cell) => cell.textContent)
    readout.replaceChildren(...cells.map((text, index) => {
      const item = document.createElement('span')
      item.textContent = index === 0 ? text : heads[index] + ': ' + text
      return item
    }))
    cursor.setAttribute('x1', share * 100 + '%')
    cursor.setAttribute('x2', share * 100 + '%')
    cursor.setAttribute('visibility', 'visible')
  })
  plot.addEventListener('pointerleave', () => {
    cursor.setAttribute('visibility', 'hidden')
    readout.replaceChildren()
  })
}
`

export const scriptHash = 'sha256-HFvkNSJPAiArYMHekMG3gh6gDGkAp99NBS0GMGpZJio='
