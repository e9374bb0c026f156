import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gsm7Octets, isGsm7, measure, outside, preview, split, toGsm7, utf16be } from './gsm7.ts';

/** One line of each official language as people write it, and the letters in it outside GSM-7. */
// prettier-ignore
const spoken = [
	['en', 'The water comes back at 18:00. Boil it for one minute.', ''],
	['zu', 'Amanzi azobuya ngo-18:00. Wabilise umzuzu owodwa.', ''],
	['xh', 'Amanzi aza kubuya ngo-18:00. Wabilise umzuzu omnye.', ''],
	['nr', 'Amanzi azokubuya nge-18:00. Wabilise umzuzu munye.', ''],
	['ss', 'Emanti atobuya nga-18:00. Wabilise umzuzu munye.', ''],
	['af', 'Die hoë water kom môre; wees vóór 18:00 dáár. Sê dit vir ’n reënboogweë, Saldanha se brûe, dié naïewe hê.', 'ëôóáêûï'],
	['nso', 'Meetse a boa ka 18:00. A bediše motsotso o tee, gomme o šetše tôrô le sêlô.', 'šôê'],
	['tn', 'Metsi a boa ka 18:00. A bedise motsotso o le mongwe, mme o šebe tôrô le sêlô.', 'šôê'],
	['st', 'Metsi a kgutla ka 18:00. A bedise motsotso o le mong.', ''],
	['ve', 'Maḓi a ḓo vhuya nga 18:00. A vhiliseni muthihi, ni ṱaluse ṅwana ḽa ṋamusi.', 'ḓṱṅḽṋ'],
	['ts', 'Mati ma vuya hi 18:00. Ma virisa minete yin’we, ṅwana.', 'ṅ']
] as const;

test.each(spoken)('%s: the letters that force UCS-2 are named', (_, text, letters) => {
	expect(outside(toGsm7(text)).sort()).toEqual([...letters].sort());
	expect(measure(toGsm7(text)).encoding).toBe(letters ? 'ucs2' : 'gsm7');
});

// prettier-ignore
test.each([...'éèöÉÖ'])('%s is in GSM-7, as Afrikaans needs it', (letter) => {
	expect(measure(letter)).toEqual({ encoding: 'gsm7', units: 1, segments: 1 });
});

// prettier-ignore
test.each([
	['160 letters', 'a'.repeat(160), 'gsm7', 1], ['161', 'a'.repeat(161), 'gsm7', 2],
	['306', 'a'.repeat(306), 'gsm7', 2], ['307', 'a'.repeat(307), 'gsm7', 3],
	['70 with one ê', 'ê' + 'a'.repeat(69), 'ucs2', 1], ['71', 'ê' + 'a'.repeat(70), 'ucs2', 2],
	['134 with one ê', 'ê' + 'a'.repeat(133), 'ucs2', 2], ['135', 'ê' + 'a'.repeat(134), 'ucs2', 3],
	['158 and €', 'a'.repeat(158) + '€', 'gsm7', 1], ['159 and €', 'a'.repeat(159) + '€', 'gsm7', 2],
	['€ across a border', 'a'.repeat(152) + '€' + 'a'.repeat(152), 'gsm7', 3],
	['a picture across a border', 'ê' + 'a'.repeat(65) + '🔥' + 'a'.repeat(66), 'ucs2', 3],
	['nothing', '', 'gsm7', 1]
] as const)('%s: %s', (_, text, encoding, segments) => {
	expect(measure(text)).toMatchObject({ encoding, segments });
});

test('a letter typed in two is joined before it is counted', () => {
	expect(toGsm7('môre mad\u032di')).toBe('môre maḓi');
	expect(measure(toGsm7('caf\u0065\u0301'))).toEqual({ encoding: 'gsm7', units: 4, segments: 1 });
});

test('parts give the text back and none is longer than what travels', () => {
	const text = fc.string({
		unit: fc.constantFrom('a', 'é', '€', '[', 'ê', 'ḓ', '🔥'),
		maxLength: 500
	});
	fc.assert(
		fc.property(text, (said) => {
			const parts = split(said);
			expect(parts.join('')).toBe(said);
			const most = isGsm7(said) ? (parts.length > 1 ? 153 : 160) : parts.length > 1 ? 67 : 70;
			for (const part of parts) {
				const size = isGsm7(said) ? gsm7Octets(part).length : utf16be(part).length / 2;
				expect(size).toBeLessThanOrEqual(most);
			}
		})
	);
});

test('octets are those of the standard', () => {
	expect([...gsm7Octets('@ΞÆ Aà€[')]).toEqual([
		0, 0x1a, 0x1c, 0x20, 0x41, 0x7f, 0x1b, 0x65, 0x1b, 0x3c
	]);
	expect(Buffer.from(utf16be('môḓ')).toString('hex')).toBe('006d00f41e13');
});

test('a preview says encoding, segments, the letters at fault, and the cost', () => {
	expect(preview('Môre “reën” dit.', 22_500)).toEqual({
		encoding: 'ucs2',
		units: 16,
		segments: 1,
		because: ['ô', 'ë'],
		millicents: 22_500
	});
	expect(preview('Amanzi ayabuya.').millicents).toBeNull();
});
