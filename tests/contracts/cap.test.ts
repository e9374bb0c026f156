import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import type { Alert } from '#lib/alerts/alert.ts';
import { readSignedCap } from '#lib/alerts/server/cap/check.ts';
import { capOf, capsOf } from '#lib/alerts/server/cap/compose.ts';
import { partsOf } from '#lib/alerts/parts.ts';
import { capFaults } from '#lib/alerts/server/cap/faults.ts';
import { NotCap, readCap } from '#lib/alerts/server/cap/read.ts';
import { signCap } from '#lib/alerts/server/cap/sign.ts';
import { writeCap } from '#lib/alerts/server/cap/write.ts';
import { khanyisaHouse, twoZones, wildfire } from '../support/alerts.ts';
import { sharedData } from '../support/shared-data.ts';

const schema = sharedData('cap/xsd/CAP-v1.2-oasis.xsd');
const filesIn = (folder: string) => {
	const path = sharedData(`cap/${folder}`);
	return path
		? readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')])
		: [];
};

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const messages: Array<[string, Partial<Alert>]> = [
	['a wildfire', {}],
	[
		'a retraction',
		{
			kind: 'cancel',
			version: 2,
			references: [
				{
					identifier: 'za.khanyisa.1.1',
					sender: 'dmc@khanyisa.imbizo.example',
					sent: new Date('2026-11-24T11:00:00Z')
				}
			]
		}
	],
	['an exercise', { status: 'exercise' }],
	[
		'a direction',
		{
			legalBasis: { kind: 'direction', gazette: 'PG 8123 <1> & 2' },
			onsetAt: new Date('2026-11-24T13:00:00Z')
		}
	]
];

describe.skipIf(!schema)('the OASIS schema', () => {
	const validate = async (contents: string) =>
		(
			await validateXML({
				xml: [{ fileName: 'alert.xml', contents }],
				schema: [readFileSync(schema!, 'utf8')]
			})
		).errors.map(({ message }) => message);

	test.each(messages)('accepts %s as we write and sign it', async (_, more) => {
		const xml = writeCap(capOf(wildfire(more), khanyisaHouse));
		expect(await validate(xml)).toEqual([]);
		expect(await validate(signCap(xml, { id: 'kha-1', privateKey }))).toEqual([]);
	});

	test('accepts each of the two messages of an area in two pieces', async () => {
		const alert = wildfire(twoZones);
		const parts = partsOf(alert.area).map((area, i) => ({
			...{ n: i + 1, of: 2, area },
			wards: alert.wards
		}));
		for (const each of capsOf(alert, khanyisaHouse, parts))
			expect(await validate(signCap(writeCap(each), { id: 'kha-1', privateKey }))).toEqual([]);
	});

	test.each([...filesIn('real'), ...filesIn('saws'), ...filesIn('invalid')])(
		'agrees with our reader about %s',
		async (name, xml) => {
			const ours = () => readCap(xml);
			if (/<!DOCTYPE/.test(xml)) return void expect(ours).toThrow('document type');
			if ((await validate(xml)).length) expect(ours, name).toThrow(NotCap);
			else expect(ours, name).not.toThrow();
		}
	);
});

test.each([...filesIn('real'), ...filesIn('saws')])(
	'%s is read, written and read to the same',
	(_, xml) => {
		const read = readCap(xml);
		expect(readCap(writeCap(read))).toEqual(read);
	}
);

test.each(filesIn('saws'))(
	'%s of the weather service breaks rules, and is read all the same',
	(_, xml) => {
		expect(capFaults(readCap(xml)).length).toBeGreaterThan(0);
	}
);

test.each(filesIn('real').filter(([name]) => name.includes('signed')))(
	'%s was changed since it was signed',
	(_, xml) => {
		expect(readSignedCap(xml, []).signer.kind).toBe('changed');
	}
);

const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0;
test.skipIf(!hasXmlsec)('xmlsec1 agrees with our signature', () => {
	const folder = mkdtempSync(join(tmpdir(), 'imbizo-cap-'));
	const path = (name: string, text: string) => {
		writeFileSync(join(folder, name), text);
		return join(folder, name);
	};
	const key = path('key.pem', String(publicKey.export({ type: 'spki', format: 'pem' })));
	const signed = signCap(writeCap(capOf(wildfire(), khanyisaHouse)), { id: 'kha-1', privateKey });
	const check = (xml: string) =>
		spawnSync('xmlsec1', [
			'--verify',
			'--lax-key-search',
			'--pubkey-pem',
			key,
			path('alert.xml', xml)
		]).status;
	const answers = [check(signed), check(signed.replace('LEAVE NOW', 'STAY HERE'))];
	rmSync(folder, { recursive: true });
	expect(answers).toEqual([0, 1]);
});
