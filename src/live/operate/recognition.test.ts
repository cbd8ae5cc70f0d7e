import { expect, test } from 'vitest'
import { tokenKey } from './recognition.ts'

test('an address of a vehicle is one key, however it comes', () => {
  const keys = [
    tokenKey('001A2B3C4D5E', 'MacAddress'),
    tokenKey('00:1a:2b:3c:4d:5e', 'EVCCID'),
    tokenKey('00-1A-2B-3C-4D-5E', 'MacAddress'),
    tokenKey('VID:001A2B3C4D5E', null),
    tokenKey('evccid001a2b3c4d5e', null),
    tokenKey('Autocharge_001a2b3c4d5e', 'Central'),
  ]
  expect(new Set(keys)).toEqual(new Set(['vehicle:001A2B3C4D5E']))
})

test('a card with the digits of an address is none', () => {
  expect(tokenKey('001A2B3C4D5E', 'ISO14443')).toBe('001A2B3C4D5E')
  expect(tokenKey('001A2B3C4D5E', null)).toBe('001A2B3C4D5E')
  expect(tokenKey('WMIVIN1234', 'EVCCID')).toBe('WMIVIN1234')
  expect(tokenKey('Card', 'ISO14443')).toBe(tokenKey('cARD', 'ISO15693'))
})
