import fc from 'fast-check'
import { parseFragment, serialize } from 'parse5'
import { expect, test } from 'vitest'
import { html, nameOf } from './html.ts'

test('any text comes back from a real parser as the text it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const visible = text.replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\p{Noncharacter_Code_Point}/gu, '\ufffd')
      const [bold] = parseFragment(html`<b title="${text}">${text}</b>`.text).childNodes
      if (bold === undefined || !('attrs' in bold)) throw new Error('no element')
      expect(bold.attrs[0]?.value).toBe(visible)
      expect(bold.childNodes.map((node) => ('value' in node ? node.value : '?')).join('')).toBe(visible)
    }),
  )
})

test('markup in a text stays text; markup in a template stays markup', () => {
  expect(html`<i>${'<script>alert("1")</script>'}${html`<u>${1}</u>`}${null}${['a', '&']}</i>`.text).toBe(
    '<i>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;<u>1</u>a&amp;</i>',
  )
})

test('a name cannot turn the direction of what follows, end the text or hide half a character', () => {
  expect(nameOf('a\u202eb\u0000c\ud800').text).toBe('<bdi>a\ufffdb\ufffdc\ufffd</bdi>')
  expect(serialize(parseFragment(nameOf('שלום </bdi>').text))).toBe('<bdi>שלום &lt;/bdi&gt;</bdi>')
})
