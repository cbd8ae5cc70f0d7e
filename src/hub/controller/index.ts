export { createPolicy, type Policy, type PolicyName, policyNames } from './policy.ts'
