import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const SALT_bytes = 16

const digest = (salt: Buffer, password: Buffer): Buffer => createHmac('sha256', salt).update(password).digest()

/** A password for a station, 32 characters (OCPP asks for 16 to 40: part 2, A00.FR.205) from 128 random bits: long enough that a fast hash guards it as well as a slow one. */
export function newPassword(): string {
  return randomBytes(16).toString('hex')
}

/** What is kept of a password. */
export function hashPassword(password: string): string {
  const salt = randomBytes(SALT_bytes)
  return `hmac-sha256:${salt.toString('hex')}:${digest(salt, Buffer.from(password)).toString('hex')}`
}

/** Whether a password is the one that was kept. */
export function isPassword(hash: string, password: Buffer): boolean {
  const [kind, salt = '', kept = ''] = hash.split(':')
  const expected = Buffer.from(kept, 'hex')
  const found = digest(Buffer.from(salt, 'hex'), password)
  return kind === 'hmac-sha256' && expected.length === found.length && timingSafeEqual(expected, found)
}
