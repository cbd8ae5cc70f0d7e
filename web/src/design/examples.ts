const texts = import.meta.glob<string>('../../../examples/*.yaml', { query: '?raw', import: 'default', eager: true })

/** The example hubs, to start from. */
export const examples = Object.entries(texts)
  .map(([path, text]) => ({ name: path.replace(/^.*\//, ''), text }))
  .sort((a, b) => (a.name === 'us-highway.yaml' ? -1 : b.name === 'us-highway.yaml' ? 1 : a.name < b.name ? -1 : 1))
