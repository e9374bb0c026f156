import { expect, test } from 'vitest';
import { maskContact } from '#lib/identity/contact.ts';
import { readContact } from '#lib/identity/server/index.ts';

// prettier-ignore
test.each([
	['082 000 0101', '+27820000101', true],
	['27820000101', '+27820000101', true],
	['+27 (0)82 000 0101', '+27820000101', true],
	['0027820000101', '+27820000101', true],
	['820000101', '+27820000101', true],
	['٠٨٢٠٠٠٠١٠١', '+27820000101', true],
	['+258 84 123 4567', '+258841234567', true],
	['0800 123 456', '+27800123456', false],
	['0860 123 456', '+27860123456', false],
	['087 123 4567', '+27871234567', false],
	['031 123 4567', '+27311234567', false],
	[' Thandi@Mail.Example ', 'thandi@mail.example', false]
])('%s is kept as %s', (typed, value, sms) => {
	expect(readContact(typed)).toMatchObject({ value, sms });
});

// prettier-ignore
test.each([
	'', '31234', '27 82 123 456', '082 000 010', 'call me', '1-800-FLOWERS', '112',
	'thandi@', 'thandi@mail', 'a b@mail.example', 'a@b@mail.example', 'a@mail..example', '<a@mail.example>',
	`${'9'.repeat(5000)}`, `${'a'.repeat(65)}@mail.example`
])('%j is neither a number nor an address', (typed) => {
	expect(readContact(typed)).toBeNull();
});

test('a mask shows its owner enough and a stranger too little', () => {
	expect(maskContact({ kind: 'phone', value: '+27820000101' })).toBe('•••• 0101');
	expect(maskContact({ kind: 'email', value: 'thandi@mail.example' })).toBe('t•••@mail.example');
});
