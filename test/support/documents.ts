import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapePattern, root, trackedFiles } from './repository.ts'

/** A fenced block of a Markdown file. */
export interface Block {
  readonly language: string
  /** File the block stands for: ```yaml title=my-hub.yaml */
  readonly title: string | null
  readonly text: string
  /** Line of the opening fence, from 1. */
  readonly line: number
}

/** One line of a `sh` block. */
export interface Command {
  readonly text: string
  /** Exit code it must end with: `# exit 1` at its end, else 0. */
  readonly exitCode: number
}

function titleOf(info: string): string | null {
  return /(?:^|\s)title=(\S+)/.exec(info)?.[1] ?? null
}

/** Fenced blocks of a Markdown text, in order. Throws when a fence is not closed. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = []
  let open: { info: string; line: number; lines: string[] } | null = null
  markdown.split('\n').forEach((text, index) => {
    const fence = /^\s*```(.*)$/.exec(text)
    if (open && fence) {
      const { info, line, lines } = open
      blocks.push({ language: info.split(/\s/)[0] ?? '', title: titleOf(info), text: lines.join('\n'), line })
      open = null
    } else if (fence) open = { info: (fence[1] ?? '').trim(), line: index + 1, lines: [] }
    else open?.lines.push(text)
  })
  if (open) throw new Error('a fence is not closed')
  return blocks
}

/** Commands of a `sh` block: comments and empty lines left out, lines that end in a backslash joined with the next. */
export function commandsOf(text: string): readonly Command[] {
  const lines = text
    .replace(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.trim())
  return lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const stated = /\s+# exit (\d+)$/.exec(line)
      return { text: stated ? line.slice(0, stated.index) : line, exitCode: Number(stated?.[1] ?? 0) }
    })
}

/** Whether an output is the one a document shows; a line `...` stands for any number of lines. */
export function matchesOutput(shown: string, output: string): boolean {
  const escaped = shown
    .trimEnd()
    .split('\n')
    .map((line) => (line.trim() === '...' ? '[\\s\\S]*' : escapePattern(line.trimEnd())))
  return new RegExp(`^${escaped.join('\\n')}$`).test(output.trimEnd().replace(/[ \t]+$/gm, ''))
}

/** Markdown files people read, paths from the root of the repository. */
export function documents(): readonly string[] {
  const isDocument = (path: string) => /^([A-Z]\w*(\.\w+)?\.md|docs\/.*\.md)$/.test(path)
  return (trackedFiles() ?? ['README.md', 'README.zh.md']).filter(isDocument)
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}
