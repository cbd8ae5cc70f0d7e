export { type CompiledHub, compileHub, type HubConnector } from './compile.ts'
