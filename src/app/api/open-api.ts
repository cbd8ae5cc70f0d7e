import { z } from 'zod'
import { engineVersion } from '../../base/version/index.ts'
import type { Route } from './route.ts'

const json = (schema: z.ZodType) => ({ 'application/json': { schema: jsonSchema(schema, 'output') } })
const problem = {
  description: 'refused, as problem+json',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return plain
}

function parametersOf({ params, query }: Route): object[] {
  const listed = (where: 'path' | 'query', object: z.ZodObject) => {
    const { properties = {}, required = [] } = jsonSchema(object, 'input') as {
      properties?: Record<string, object>
      required?: string[]
    }
    return Object.entries(properties).map(([name, schema]) => ({
      ...{ name, in: where, schema, required: where === 'path' || required.includes(name) },
    }))
  }
  return [...listed('path', params), ...listed('query', query)]
}

function operationOf(route: Route): object {
  const { summary, tag, isOpen, body, answer, contentType } = route
  const content =
    contentType === null ? (answer ? json(answer) : null) : { [contentType]: { schema: { type: 'string' } } }
  return {
    ...{ summary, tags: [tag], parameters: parametersOf(route) },
    ...(isOpen ? { security: [] } : {}),
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }
      : {}),
    responses: {
      ...(content ? { 200: { description: 'done', content } } : { 204: { description: 'done' } }),
      default: problem,
    },
  }
}

/** The API in OpenAPI 3.1, from the routes themselves. */
export function openApi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = paths[route.path] ?? {}
    paths[route.path] = path
    path[route.method] = operationOf(route)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'anyplug', version: engineVersion, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/api' }],
    security: [{ session: [] }, { token: [] }],
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'anyplug' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
    paths,
  }
}
