import { z } from 'zod'

/** A name for people: one line, so that tables and reports keep their shape. */
export const nameSchema = z
  .string()
  .min(1)
  .max(120)
  .regex(/^\P{Cc}*$/u)
  .meta({ problem: 'document.notOneLine' })

/** Identifier of a thing on the site; other parts of the file refer to it. */
export const siteIdSchema = z
  .string()
  .max(60)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'letters, digits, ".", "_" and "-" only')
  .meta({ problem: 'document.notAnId' })

/** Ids of records of the catalogue. */
export const idListSchema = z.array(z.string()).max(100)

/** How many equal things a row of the file stands for; each gets its number behind the id. */
export const countSchema = z
  .int()
  .min(1)
  .max(200)
  .meta({ description: 'how many equal ones; 3 of "a" are "a-1", "a-2" and "a-3"' })
