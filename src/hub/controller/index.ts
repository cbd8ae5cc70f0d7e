export { createPolicy, isPolicyName, type Policy, type PolicyName, policyNames } from './policy.ts'
