import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	alphabet,
	chance,
	checkCharacter,
	drawReference,
	drawSuffix,
	readReceipt,
	readReference,
	receiptFrom,
	receiptGroups
} from './reference.ts';

const character = fc.constantFrom(...alphabet);
const suffix = fc
	.array(character, { minLength: 4, maxLength: 6 })
	.map((letters) => letters.join(''))
	.filter((payload) => checkCharacter(payload) !== null)
	.map((payload) => payload + checkCharacter(payload));
const reference = fc
	.tuple(fc.stringMatching(/^[A-Z]{2,5}$/), fc.integer({ min: 10, max: 99 }), suffix)
	.map((parts) => parts.join('-'));

test('what is drawn uses only the careful alphabet and reads back as itself', () => {
	fc.assert(
		fc.property(fc.constantFrom('KHA', 'THO', 'ULW', 'CPT'), (code) => {
			const drawn = drawReference(code, 2026);
			expect(drawn).toMatch(/^[A-Z]{3}-26-[23456789BCDFGHJKMNPQRSTVWXYZ]{5}$/);
			expect(readReference(drawn)).toBe(drawn);
		})
	);
});

test('every single wrong character of the suffix is found', () => {
	fc.assert(
		fc.property(suffix, fc.nat(4), character, (sound, at, wrong) => {
			fc.pre(sound[at] !== wrong);
			const mistyped = sound.slice(0, at) + wrong + sound.slice(at + 1);
			expect(readReference(`KHA-26-${mistyped}`)).toBeNull();
		}),
		{ numRuns: 2000 }
	);
});

test('every swap of two characters of the suffix is found', () => {
	fc.assert(
		fc.property(suffix, fc.nat(4), fc.nat(4), (sound, a, b) => {
			fc.pre(sound[a] !== sound[b]);
			const letters = [...sound];
			[letters[a], letters[b]] = [letters[b], letters[a]];
			expect(readReference(`KHA-26-${letters.join('')}`)).toBeNull();
		}),
		{ numRuns: 2000 }
	);
});

test('case, spaces, hyphens and look-alikes do not matter', () => {
	fc.assert(
		fc.property(
			reference,
			fc.array(fc.constantFrom(' ', '-', '–', '\u00a0', ''), { minLength: 16, maxLength: 16 }),
			(stored, between) => {
				const typed = [...stored.replaceAll('-', '')]
					.map((letter, at) => (letter === '0' ? 'o' : letter.toLowerCase()) + (between[at] ?? ''))
					.join('');
				expect(readReference(typed)).toBe(stored);
			}
		)
	);
});

// prettier-ignore
test.each([
	['th0-26-22228', 'THO'], ['tho 26 2222 8', 'THO'], ['THO-2b-22228', null], ['KHA-26-', null],
	['', null], ["KHA-26-7K3M'--", null], ['KHA-26-AEIOU', null], ['x'.repeat(100_000), null]
])('%s is read as one of %s', (typed, code) => {
	// 2222: 2·(1+2+3+4) = 20 → M
	expect(checkCharacter('2222')).toBe('M');
	expect(readReference(typed.replace(/2222( ?)8/, '2222$1M'))?.slice(0, 3) ?? null).toBe(code);
});

test('years are read with look-alikes too', () => {
	expect(readReference('kha-3o-2222m')).toBe('KHA-30-2222M');
	expect(readReference('kha-2l-2222m')).toBe('KHA-21-2222M');
});

test('a check outside the set is drawn again', () => {
	// 2·1 + 3·2 + 5·3 + 2·4 = 31 → 0, which is never issued.
	expect(checkCharacter('2352')).toBeNull();
	const draws = [0, 1, 3, 0, 0, 0, 0, 0];
	expect(drawSuffix(5, () => draws.shift()!)).toBe('2222M');
});

test('draws spread over the alphabet', () => {
	const seen = new Set(Array.from({ length: 2000 }, () => alphabet[chance(alphabet.length)]));
	expect(seen.size).toBe(alphabet.length);
});

test('a receipt survives being written down and typed again', () => {
	fc.assert(
		fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (number) => {
			const code = receiptFrom(number);
			expect(readReceipt(receiptGroups(code).toLowerCase())).toBe(code);
		})
	);
	expect(readReceipt('7K3MQ')).toBeNull();
});
