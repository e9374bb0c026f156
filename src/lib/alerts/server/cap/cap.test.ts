import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { khanyisaHouse, twoZones, wildfire } from '../../../../../tests/support/alerts.ts';
import { mayReachPeople } from '../../gate.ts';
import { algorithms, strictSignedXml } from './algorithms.ts';
import { readSignedCap } from './check.ts';
import { partsOf } from '../../parts.ts';
import { capOf, capsOf } from './compose.ts';
import type { CapAlert } from './document.ts';
import { capFaults } from './faults.ts';
import { scopes, statuses } from './grammar.ts';
import { ownCapFaults } from './own-faults.ts';
import { mostCapBytes, NotCap, readCap } from './read.ts';
import { signCap } from './sign.ts';
import { capTimeOf } from './time.ts';
import { writeCap } from './write.ts';

const said = (more: Parameters<typeof wildfire>[0] = {}) => capOf(wildfire(more), khanyisaHouse);
const reference = {
	identifier: 'za.khanyisa.01932f00-5c00-7000-8000-0000000000a0.1',
	sender: khanyisaHouse.sender,
	sent: new Date('2026-11-24T11:40:00Z')
};

describe('what we write', () => {
	test('the wildfire in Lower Thembeni keeps every rule, in the two languages somebody vouches for', () => {
		const alert = said();
		expect(ownCapFaults(alert)).toEqual([]);
		expect(alert.info.map(({ language }) => language)).toEqual(['en-ZA', 'zu-ZA']);
		expect(alert).toMatchObject({
			identifier: 'za.khanyisa.01932f00-5c00-7000-8000-0000000000a1.1',
			sent: '2026-11-24T14:02:40+02:00',
			status: 'Actual',
			msgType: 'Alert',
			scope: 'Public'
		});
	});

	test('read again it is the same, also with signs that XML has its own use for', () => {
		const alert = said();
		alert.info[0].description = 'Fire & smoke < 2 km: "stay" \'in\' ]]> ḓ 🔥';
		expect(readCap(writeCap(alert))).toEqual(JSON.parse(JSON.stringify(alert)));
	});

	test('corners are latitude first', () => {
		expect(said().info[0].area[0].polygon[0]).toMatch(/^-33\.941,18\.861 -33\.941,18\.872 /);
	});

	test('zones that do not touch are messages of their own, each sound, none of them both', () => {
		const alert = wildfire(twoZones);
		const parts = partsOf(alert.area).map((area, i) => ({
			...{ n: i + 1, of: 2, area },
			wards: [alert.wards[i]]
		}));
		const messages = capsOf(alert, khanyisaHouse, parts);
		expect(messages.map(({ identifier }) => identifier)).toEqual([
			said().identifier,
			`${said().identifier}.2`
		]);
		expect(messages.flatMap(ownCapFaults)).toEqual([]);
		expect(messages.map(({ info }) => info[0].area[0].polygon.length)).toEqual([1, 1]);
		expect(messages.map(({ info }) => info[0].area[0].geocode[0].value)).toEqual([
			'99901007',
			'99901008'
		]);
		expect(messages[1].info[0].parameter).toContainEqual({ valueName: 'part', value: '2 of 2' });
		expect(ownCapFaults(said(twoZones)).map(({ field }) => field)).toEqual(['polygon', 'polygon']);
	});

	test.each([
		['alert', 'Alert', []],
		['update', 'Update', [reference]],
		['cancel', 'Cancel', [reference]]
	] as const)('%s is %s', (kind, msgType, references) => {
		const alert = said({ kind, references: [...references], version: 2 });
		expect(alert.msgType).toBe(msgType);
		expect(ownCapFaults(alert)).toEqual([]);
	});

	test('an exercise says so; a direction names its Gazette', () => {
		const alert = said({
			status: 'exercise',
			legalBasis: { kind: 'direction', gazette: 'PG 8123' }
		});
		expect(alert).toMatchObject({ status: 'Exercise', note: expect.stringContaining('EXERCISE') });
		expect(alert.info[0].parameter).toContainEqual({
			valueName: 'legalBasis',
			value: 'direction PG 8123'
		});
		expect(alert.code).toContain('layer:ZA-DMC:direction');
	});

	test('nothing is written that nobody issued, or whose words nobody reviewed', () => {
		expect(() => said({ issuedAt: null })).toThrow('was not issued');
		const texts = wildfire().texts.map((text) => ({ ...text, reviewedBy: null }));
		expect(() => said({ texts })).toThrow('no reviewed words');
	});

	test.each([
		['2026-11-24T12:02:59.999Z', 'Africa/Johannesburg', '2026-11-24T14:02:59+02:00'],
		['2026-11-24T23:30:00Z', 'Africa/Johannesburg', '2026-11-25T01:30:00+02:00'],
		['2026-11-24T12:02:00Z', 'UTC', '2026-11-24T12:02:00-00:00'],
		['2026-07-01T12:00:00Z', 'America/St_Johns', '2026-07-01T09:30:00-02:30']
	])('%s in %s is %s', (at, zone, text) => {
		expect(capTimeOf(new Date(at), zone)).toBe(text);
	});
});

describe('rules of meaning', () => {
	const clear = {
		responseType: ['AllClear'],
		urgency: 'Past',
		severity: 'Minor',
		certainty: 'Observed'
	};
	const old = `${reference.sender},${reference.identifier},2026-11-24T13:40:00+02:00`;
	const area = (change: object) => ({
		info: said().info.map((info) => ({ ...info, area: [{ ...info.area[0], ...change }] }))
	});
	const info = (change: object) => ({ info: said().info.map((each) => ({ ...each, ...change })) });

	test.each<[string, Partial<CapAlert>]>([
		['identifier', { identifier: 'za.khanyisa, 1' }],
		['sender', { sender: 'dmc<khanyisa' }],
		['sent', { sent: '2026-11-24T12:02:40+00:00' }],
		['status', { status: 'Draft' }],
		['note', { status: 'Exercise' }],
		['restriction', { scope: 'Restricted' }],
		['restriction', { restriction: 'for the fire brigade' }],
		['addresses', { scope: 'Private' }],
		['references', { msgType: 'Update' }],
		['references', { references: old }],
		['references', { msgType: 'Update', references: 'somebody,1' }],
		[
			'references',
			{ msgType: 'Update', references: `${said().sender},${said().identifier},${said().sent}` }
		],
		['references', { msgType: 'Cancel', references: old.replace('13:40', '15:40') }],
		['info', { info: [] }],
		['language', info({ language: undefined })],
		['language', { info: [said().info[0], said().info[0]] }],
		['category', { info: [said().info[0], { ...said().info[1], category: ['Met'] }] }],
		['eventCode', { info: [said().info[0], { ...said().info[1], eventCode: [] }] }],
		[
			'headline',
			{ info: [said().info[0], { ...said().info[1], description: said().info[0].headline }] }
		],
		['headline', info({ headline: 'F'.repeat(140) })],
		['headline', info({ headline: 'FIRE', instruction: 'FIRE' })],
		['instruction', info({ instruction: undefined })],
		['expires', info({ expires: '2026-11-24T14:02:40+02:00' })],
		['onset', info({ onset: '2026-11-25T14:02:40+02:00' })],
		['effective', info({ effective: '2026-11-25T14:02:40+02:00' })],
		['urgency', info({ urgency: 'Unknown' })],
		['responseType', { msgType: 'Cancel', references: old, ...info(clear) }],
		[
			'urgency',
			{ msgType: 'Update', references: old, ...info({ ...clear, urgency: 'Immediate' }) }
		],
		['area', info({ area: [] })],
		['areaDesc', area({ areaDesc: 'x'.repeat(50) })],
		['geocode', area({ geocode: [] })],
		['polygon', area({ polygon: ['-33.9,18.8 -33.9,18.9 -33.9,18.8'] })],
		['polygon', area({ polygon: ['-33.9,18.8 -33.9,18.9 -33.8,18.9 -33.8,18.8'] })],
		['polygon', area({ polygon: ['-33.9,18.8 -33.8,18.9 -33.8,18.8 -33.9,18.9 -33.9,18.8'] })],
		['polygon', area({ polygon: ['-33.9,18.8 -33.9,18.9 -33.9,18.8 -33.8,18.8 -33.9,18.8'] })],
		['polygon', area({ polygon: ['-33.9,18.8 -33.9,18.9 -33.9,18.95 -33.9,18.8'] })],
		['polygon', area({ polygon: ['-33.9000001,18.8 -33.9,18.9 -33.8,18.9 -33.9000001,18.8'] })],
		['polygon', area({ polygon: ['north of the river'] })],
		['circle', area({ circle: ['-33.9,18.8 0'] })]
	])('%s', (field, change) => {
		const found = capFaults({ ...said(), ...change });
		expect(found.map((each) => each.field)).toContain(field);
	});

	test.each([
		['polygon', area({ polygon: ['18.86,-33.94 18.87,-33.94 18.87,-33.95 18.86,-33.94'] })],
		['language', info({ language: 'en' })],
		['urgency', info({ urgency: 'Expected' })],
		['parameter', info({ parameter: [] })],
		['code', { code: [] }],
		['identifier', { identifier: 'wildfire-1' }]
	])('of our own: %s', (field, change) => {
		const found = ownCapFaults({ ...said(), ...change });
		expect([...new Set(found.map((each) => each.field))]).toEqual([field]);
	});

	test('only an actual, public message may reach people', () => {
		const reaching = statuses.flatMap((status) =>
			[...scopes, 'public', '']
				.filter((scope) => mayReachPeople(status, scope))
				.map((scope) => [status, scope])
		);
		expect(reaching).toEqual([['Actual', 'Public']]);
	});
});

describe('what others wrote', () => {
	const xml = writeCap(said());
	test.each([
		[
			'a document type',
			xml.replace('<alert', '<!DOCTYPE alert SYSTEM "file:///etc/passwd"><alert'),
			'document type'
		],
		['an entity', xml.replace('<alert', '<!DOCTYPE a [<!ENTITY x "y">]><alert'), 'document type'],
		['too much', xml.replace('WILDFIRE', 'x'.repeat(mostCapBytes)), '2 MB'],
		['no end', xml.slice(0, -30), 'not well-formed'],
		['nothing', '', 'not well-formed'],
		['another kind', '<rss/>', 'not a CAP 1.2 alert'],
		['CAP 1.1', xml.replace('cap:1.2', 'cap:1.1'), 'not a CAP 1.2 alert'],
		[
			'references in the wrong place',
			xml.replace('</sender>', '</sender><references>a,b,c</references>'),
			'“sent” is missing in “alert”, where “references” stands'
		],
		['something unknown', xml.replace('<info>', '<secret/><info>'), '“secret” has no place'],
		['a status of their own', xml.replace('Actual', 'Real'), '“status” cannot be “Real”'],
		['a time with Z', xml.replace('14:02:40+02:00', '12:02:40Z'), '“sent” cannot be'],
		[
			'elements within text',
			xml.replace('<headline>', '<headline><b>x</b>'),
			'“headline” must hold text alone'
		],
		['loose text', xml.replace('<scope>', 'hello<scope>'), 'loose text']
	])('with %s is refused', (_, text, says) => {
		expect(() => readCap(text)).toThrow(NotCap);
		expect(() => readCap(text)).toThrow(says);
	});
});

describe('signatures', () => {
	const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pin = (publicKey: KeyObject) => [{ id: 'kha-1', owner: 'Khanyisa', publicKey }];
	const signed = signCap(writeCap(said()), { id: 'kha-1', privateKey: rsa.privateKey });
	const kindOf = (xml: string, keys = pin(rsa.publicKey)) => readSignedCap(xml, keys).signer.kind;

	test('ours is known by the pinned key, and by no other', () => {
		expect(kindOf(signed)).toBe('known');
		expect(readSignedCap(signed, pin(rsa.publicKey)).alert).toEqual(
			JSON.parse(JSON.stringify(said()))
		);
		expect(kindOf(signed, pin(other.publicKey))).toBe('unknown');
		expect(kindOf(signed, [])).toBe('unknown');
		expect(kindOf(signed, pin(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey))).toBe(
			'unknown'
		);
	});

	test('the signature stands in the last place, and the message stays a message', () => {
		expect(readCap(signed)).toEqual(readCap(writeCap(said())));
	});

	test.each([
		['one word', (xml: string) => xml.replace('LEAVE NOW', 'STAY HERE')],
		['the area', (xml: string) => xml.replace('-33.941,18.861', '-33.942,18.861')],
		[
			'a second signature',
			(xml: string) => xml.replace(/(<ds:Signature .*<\/ds:Signature>)/s, '$1$1')
		]
	])('%s changed is seen', (_, change) => {
		expect(kindOf(change(signed))).toBe('changed');
	});

	test('a signature over something else than the whole message is none', () => {
		expect(kindOf(signed.replace('URI=""', 'URI="#part"'))).toBe('changed');
	});

	test('elliptic curves and canonical XML 1.1, which others use, are checked too', () => {
		const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
		const signing = strictSignedXml(publicKey);
		Object.assign(signing, {
			privateKey,
			signatureAlgorithm: algorithms.ecdsaSha256,
			canonicalizationAlgorithm: algorithms.inclusive11
		});
		signing.addReference({
			xpath: '/*',
			uri: '',
			isEmptyUri: true,
			transforms: [algorithms.enveloped, algorithms.inclusive11],
			digestAlgorithm: algorithms.sha256
		});
		signing.computeSignature(writeCap(said()), { prefix: 'ds' });
		const theirs = signing.getSignedXml();
		expect(theirs).toContain('xml-c14n11');
		expect(kindOf(theirs, pin(publicKey))).toBe('known');
		expect(kindOf(theirs)).toBe('unknown');
		expect(kindOf(theirs.replace('<alert', '<alert xml:id="a"'), pin(publicKey))).toBe('changed');
	});

	test.each([algorithms.rsaSha256, algorithms.sha256, algorithms.exclusive])(
		'%s replaced by something weaker is not trusted',
		(name) => {
			const weaker = name.includes('c14n')
				? 'http://www.w3.org/TR/1999/REC-xslt-19991116'
				: 'http://www.w3.org/2000/09/xmldsig#sha1';
			expect(kindOf(signed.replaceAll(name, weaker))).toBe('changed');
		}
	);

	test('taken away it leaves an unsigned message', () => {
		expect(kindOf(signed.replace(/<ds:Signature .*<\/ds:Signature>/s, ''))).toBe('unsigned');
	});

	test('a key in the message itself proves nothing', () => {
		const pem = other.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
		const theirs = signCap(writeCap(said()), { id: 'kha-1', privateKey: other.privateKey }).replace(
			/<ds:KeyInfo>.*<\/ds:KeyInfo>/s,
			`<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${pem}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`
		);
		expect(kindOf(theirs)).toBe('unknown');
	});
});
