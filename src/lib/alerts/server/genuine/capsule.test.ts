import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encode } from 'uqr';
import { khanyisaHouse, wildfire } from '../../../../../tests/support/alerts.ts';
import { findCapsule, mostCapsuleBytes, mostScannedBytes, unpackCapsule } from '../../capsule.ts';
import { judgeCapsule, type Known, type PublicKey } from '../../verify.ts';
import { capOf } from '../cap/compose.ts';
import { ownCapFaults } from '../cap/own-faults.ts';
import { capsuleLink, capsuleOf, scannedOf, signed } from './capsule.ts';
import { firstWords } from '../../words/index.ts';
import { thumbprint, type SigningKey } from './keys.ts';

const origin = 'https://khanyisa.imbizo.example';
const duringIt = new Date('2026-11-24T13:00:00Z');

function newKey(more: Partial<PublicKey> = {}): { key: SigningKey; pinned: PublicKey } {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const { x, y } = publicKey.export({ format: 'jwk' });
	const jwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! } as const;
	const kid = thumbprint(jwk);
	return {
		key: {
			id: kid,
			privateKey: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }))
		},
		pinned: { kid, ...jwk, of: 'KHA', owner: 'Khanyisa', ...more }
	};
}

const { key, pinned } = newKey();
const capsule = capsuleOf(wildfire(), 'KHA', key, origin);
const judge = async (text: string, known?: Known, keys = [pinned], now = duringIt) =>
	judgeCapsule(text, keys, () => known, now);
const kindOf = async (...asked: Parameters<typeof judge>) => {
	const verdict = await judge(...asked);
	return verdict.kind === 'not_genuine' ? verdict.because : verdict.kind;
};

describe('a capsule', () => {
	test('fits a message, and carries the reviewed languages alone', async () => {
		expect(capsuleLink(origin, capsule).length).toBeLessThanOrEqual(mostCapsuleBytes);
		const verdict = await judge(capsule);
		expect(verdict).toMatchObject({
			kind: 'genuine',
			owner: 'Khanyisa',
			newest: 1,
			capsule: { number: 'K7F-2QD', version: 1, wards: ['99901007'], of: 'KHA', status: 'actual' }
		});
		if (!('capsule' in verdict)) throw new Error();
		expect(Object.keys(verdict.capsule.said)).toEqual(['en', 'zu']);
		expect(verdict.capsule.said.en.instruction).toMatch(/^LEAVE NOW/);
	});

	test('fits a code of paper, one language each', async () => {
		const forms = scannedOf(wildfire(), 'KHA', key, origin);
		expect(Object.keys(forms)).toEqual(['en', 'zu']);
		for (const form of Object.values(forms)) {
			const link = capsuleLink(origin, form);
			expect(link.length).toBeLessThanOrEqual(mostScannedBytes);
			// Version 22 has 105 modules: on a 60 mm print each is half a millimetre.
			expect(encode(link, { ecc: 'L' }).version).toBeLessThanOrEqual(22);
			expect(await kindOf(form)).toBe('genuine');
		}
	});

	test('eleven languages at once: one block each in CAP, each alone on paper, none cut in two', async () => {
		const languages = 'en af zu xh nso tn st ts ss ve nr'.split(' ');
		const [english] = wildfire().texts;
		const texts = languages.map((language) => {
			const said = (words: string) => `${words.replace('.', '')} (${language}: ḓêš).`;
			return {
				...english,
				language,
				headline: `${english.headline} (${language})`,
				description: said(english.description),
				instruction: said(english.instruction)
			};
		});
		const alert = wildfire({ texts });
		const message = capOf(alert, khanyisaHouse);
		expect(ownCapFaults(message)).toEqual([]);
		expect(message.info.map(({ language }) => language)).toEqual(
			languages.map((each) => `${each}-ZA`)
		);
		expect(Object.keys(scannedOf(alert, 'KHA', key, origin))).toEqual(languages);
		const whole = capsuleOf(alert, 'KHA', key, origin);
		expect(capsuleLink(origin, whole).length).toBeLessThanOrEqual(mostCapsuleBytes);
		const verdict = await judge(whole);
		if (!('capsule' in verdict)) throw new Error();
		const said = Object.entries(verdict.capsule.said);
		expect(said.map(([language]) => language)).toEqual(languages.slice(0, said.length));
		for (const [language, words] of said)
			expect(words.headline).toBe(texts.find((each) => each.language === language)!.headline);
	});

	test('of every kind of warning, in a town of long names, fits paper', () => {
		for (const [template, words] of Object.entries(firstWords.en.templates)) {
			const fill = (text: string) =>
				text
					.replace('{place}', 'Lower Thembeni, Inyoni Street to River Lane')
					.replace(/\{(from|towards|route)\}/g, 'Thembeni Community Hall')
					.replace('{actBy}', 'Tue 24 Nov, 14:45')
					.replace(/\{\w+\}/g, '112');
			const text = {
				...wildfire().texts[0],
				headline: fill(words.headline),
				description: fill(words.description),
				instruction: `${fill(words.instruction)} ${fill(words.cannot)}`
			};
			const forms = scannedOf(wildfire({ texts: [text], template }), 'KHA', key, origin);
			expect(Object.keys(forms), template).toEqual(['en']);
		}
	});

	test('says less, never something else, where words are long; none that cannot fit', async () => {
		const [text] = wildfire().texts;
		const long = {
			...text,
			description: 'Ntaba Street, Mill Road, '
				.repeat(30)
				.split('')
				.map((c, i) => (i % 3 ? c : String.fromCharCode(97 + ((i * 7) % 26))))
				.join('')
		};
		const { en } = scannedOf(wildfire({ texts: [long] }), 'KHA', key, origin);
		const verdict = await judge(en);
		expect(verdict).toMatchObject({
			kind: 'genuine',
			capsule: { said: { en: { headline: text.headline, instruction: text.instruction } } }
		});
		expect(verdict).not.toHaveProperty('capsule.said.en.description');
		const noise = (n: number) =>
			Array.from({ length: n }, (_, i) => Math.sin(i).toString(36)[5] ?? 'x').join('');
		expect(
			scannedOf(wildfire({ texts: [{ ...text, headline: noise(700) }] }), 'KHA', key, origin)
		).toEqual({});
	});

	test('is found wherever it stands in what somebody pasted', () => {
		const link = capsuleLink(origin, capsule);
		for (const text of [
			capsule,
			link,
			`Is this true?? ${link} sent by my aunt`,
			`"${link}".`,
			`${link}&m=KHA`
		])
			expect(findCapsule(text)).toBe(capsule);
		for (const text of ['', 'K7F-2QD', 'IMB1.abc.def', capsule.slice(0, -1)])
			expect(findCapsule(text)).toBeNull();
	});
});

describe('it is said to be', () => {
	const known = (version: number, more: Partial<Known> = {}): Known => ({
		version,
		kind: 'alert',
		state: 'live',
		...more
	});
	test.each<[string, Known | undefined, string?]>([
		['genuine', undefined],
		['genuine', known(1)],
		['genuine', known(1, { own: 'live' })],
		['superseded', known(2, { kind: 'update' })],
		['superseded', known(2, { kind: 'update', own: 'superseded' })],
		['superseded', known(2, { kind: 'all_clear', own: 'live' })],
		['superseded', known(2, { kind: 'all_clear' })],
		['cleared', known(2, { kind: 'all_clear', own: 'cleared' })],
		['retracted', known(1, { state: 'retracted' })],
		['retracted', known(2, { kind: 'cancel' })],
		['retracted', known(2, { kind: 'cancel', own: 'retracted' })],
		['expired', known(1, { state: 'expired' })],
		['expired', undefined, '2026-11-24T18:00:00Z'],
		['superseded', known(2, { kind: 'update' }), '2026-11-24T18:00:00Z']
	])('%s, knowing %o at %s', async (kind, found, at) => {
		expect(await kindOf(capsule, found, [pinned], at ? new Date(at) : duringIt)).toBe(kind);
	});

	test('retracted by itself, when it is the retraction', async () => {
		const cancel = capsuleOf(wildfire({ kind: 'cancel', version: 2 }), 'KHA', key, origin);
		expect(await kindOf(cancel)).toBe('retracted');
	});

	test('not genuine under any key that was not pinned', async () => {
		expect(await kindOf(capsule, undefined, [newKey().pinned])).toBe('unknown_key');
		expect(await kindOf(capsule, undefined, [])).toBe('unknown_key');
		expect(await kindOf(capsule, undefined, [{ ...pinned, of: 'THO' }])).toBe('unknown_key');
		expect(await kindOf(capsule, undefined, [{ ...newKey().pinned, kid: pinned.kid }])).toBe(
			'wrong_signature'
		);
	});

	test('not genuine with one character changed, wherever it changes a single bit of what was signed', async () => {
		const bytesOf = async (text: string) => {
			const { signed: bytes, signature } = await unpackCapsule(text);
			return Buffer.concat([bytes, signature]).toString('hex');
		};
		const whole = await bytesOf(capsule);
		let idle = 0;
		for (let i = 'IMB1.'.length; i < capsule.length; i++) {
			if (capsule[i] === '.') continue;
			const changed = capsule.slice(0, i) + (capsule[i] === 'A' ? 'B' : 'A') + capsule.slice(i + 1);
			// The last letter of either part holds bits that mean nothing (RFC 4648 3.5, RFC 1951 3.2.3).
			const same = (await bytesOf(changed).catch(() => '')) === whole;
			if (same) idle++;
			expect((await judge(changed)).kind, `at ${i}`).toBe(same ? 'genuine' : 'not_genuine');
		}
		expect(idle).toBeLessThanOrEqual(3);
	});

	test('not genuine when the words were exchanged under the old signature', async () => {
		const theirs = signed(
			{ ...JSON.parse(Buffer.from((await unpackCapsule(capsule)).signed).toString()), version: 9 },
			newKey().key
		);
		expect(
			await kindOf(`${theirs.split('.').slice(0, 2).join('.')}.${capsule.split('.')[2]}`)
		).toBe('wrong_signature');
	});

	test('genuine under a key that has retired since, not under one that was stolen or retired before', async () => {
		const issued = wildfire().issuedAt!.getTime() / 1000;
		expect(await kindOf(capsule, undefined, [{ ...pinned, until: issued + 3600 }])).toBe('genuine');
		expect(await kindOf(capsule, undefined, [{ ...pinned, until: issued - 3600 }])).toBe(
			'revoked_key'
		);
		expect(await kindOf(capsule, undefined, [{ ...pinned, revoked: true }])).toBe('revoked_key');
	});

	test('damaged, when it unpacks to something endless or to no capsule at all', async () => {
		expect(await kindOf(signed({ bomb: 'x'.repeat(1_000_000) }, key))).toBe('damaged');
		expect(await kindOf(signed({ v: 2 }, key))).toBe('damaged');
		expect(await kindOf(signed([], key))).toBe('damaged');
	});
});
