export { RatingShare } from './fair.ts'
export { createPolicy, type Policy, type PolicyName, policyNames } from './policy.ts'
