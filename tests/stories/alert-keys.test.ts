import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { judgeCapsule } from '#lib/alerts/verify.ts';
import { readSignedCap } from '#lib/alerts/server/cap/check.ts';
import {
	capsuleKeys,
	decideKey,
	keysForOffice,
	keysOf,
	requestKey,
	rotateKey,
	sealAlert
} from '#lib/alerts/server/index.ts';
import { alertSeals, signingKeys } from '#lib/alerts/server/genuine/schema.ts';
import { createPublicKey } from 'node:crypto';
import { verifyAudit } from '#lib/audit/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { wildfire } from '../support/alerts.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const tuesday = new Date('2026-11-24T12:02:40Z');
const wednesday = new Date('2026-11-25T08:00:00Z');

inBothDatabases((place) => {
	let kha: string;
	let tho: string;
	beforeEach(async () => {
		kha = (await khanyisa(place.db)).id;
		tho = (await khanyisa(place.db, 'THO')).id;
	});
	const seal = (more = {}) =>
		sealAlert(place.db, wildfire({ municipalityId: kha, ...more }), tuesday);
	const judge = async (capsule: string, of = [kha, tho]) => {
		const keys = await capsuleKeys(place.db, of);
		const verdict = await judgeCapsule(capsule, keys, () => undefined, tuesday);
		return verdict.kind === 'not_genuine' ? verdict.because : verdict.kind;
	};

	test('the first alert makes the keys; what they signed never changes, and proves itself', async () => {
		expect(await capsuleKeys(place.db, [kha])).toEqual([]);
		const made = await seal();
		expect(await judge(made.capsule)).toBe('genuine');
		expect(Object.keys(made.scanned)).toEqual(['en', 'zu']);

		const [cap] = await keysOf(place.db, [kha], 'cap');
		const publicKey = createPublicKey({ key: cap.key.publicKey, format: 'jwk' });
		const read = readSignedCap(made.cap, [{ id: cap.key.id, owner: 'Khanyisa', publicKey }]);
		expect(read.signer.kind).toBe('known');
		expect(read.alert.sender).toBe('dmc@khanyisa.imbizo.example');

		expect(await seal()).toEqual(made);
		expect(await keysOf(place.db, [kha])).toHaveLength(2);
	});

	test('the private key is nowhere to be read', async () => {
		await seal();
		const rows = await place.db.select().from(signingKeys);
		for (const { sealed, publicKey } of rows) {
			expect(publicKey).not.toHaveProperty('d');
			expect(sealed.includes('PRIVATE')).toBe(false);
			// DER of a private key begins with a sequence; what is sealed begins with its version.
			expect(sealed[0]).toBe(1);
		}
	});

	test('a new key takes over: the old paper stays genuine, and the old key vouches for the new one', async () => {
		const before = await seal();
		const id = await rotateKey(place.db, null, { municipalityId: kha, use: 'capsule' }, wednesday);
		const after = await seal({
			id: '01932f00-5c00-7000-8000-0000000000b1',
			issuedAt: wednesday,
			expiresAt: new Date('2026-11-25T18:00:00Z')
		});
		expect(await judge(before.capsule)).toBe('genuine');
		expect(await judge(after.capsule)).toBe('genuine');
		const [old, young] = await capsuleKeys(place.db, [kha]);
		expect(young).toMatchObject({ kid: id, vouchedBy: old.kid });
		expect(old.until).toBe(wednesday.getTime() / 1000);
		expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
	});

	test('a stolen key proves nothing any more, and vouches for nobody', async () => {
		const before = await seal();
		await rotateKey(
			place.db,
			null,
			{ municipalityId: kha, use: 'capsule', revoke: true },
			wednesday
		);
		expect(await judge(before.capsule)).toBe('revoked_key');
		const [, young] = await capsuleKeys(place.db, [kha]);
		expect(young).not.toHaveProperty('voucher');
	});

	test('the key of the neighbour signs nothing for Khanyisa', async () => {
		const made = await seal();
		expect(await judge(made.capsule, [tho])).toBe('unknown_key');
	});

	test('nothing is signed that breaks a rule of CAP', async () => {
		const texts = wildfire().texts.map((text) => ({ ...text, areaDescription: 'x'.repeat(60) }));
		await expect(seal({ texts })).rejects.toThrow('areaDesc is 50 characters or longer');
		expect(await place.db.select().from(alertSeals)).toEqual([]);
	});

	test('nobody changes what was signed', async () => {
		const { alertId } = await seal();
		await expect(
			place.db.transaction((tx) =>
				tx.update(alertSeals).set({ capsule: 'x' }).where(eq(alertSeals.alertId, alertId))
			)
		).rejects.toMatchObject({ cause: { code: '42501' } });
	});

	describe('two administrators', () => {
		const ask = async (by: Actor, more = {}) => {
			const id = newId(wednesday);
			const municipality = await khanyisa(place.db);
			const facts = { id, municipality, use: 'capsule', stolen: false, ...more };
			await requestKey(place.db, by, facts, wednesday);
			return { id, municipality };
		};
		const ids = async () => (await keysOf(place.db, [kha], 'capsule')).map(({ key }) => key.id);

		test('Chris asks, Palesa of the district agrees within the hour, and a new key takes over', async () => {
			await seal();
			const chris = await personOf(place.db, 'admin', wednesday);
			const palesa = await personOf(place.db, 'district-admin', wednesday);
			const asked = await ask(chris);
			await ask(chris, { id: asked.id });
			const soon = later(wednesday, minutes(59));
			await expect(
				decideKey(place.db, chris, { ...asked, agreed: true }, soon)
			).rejects.toMatchObject({ status: 409 });
			expect(await ids()).toHaveLength(1);
			expect(
				(await keysForOffice(place.db, palesa, asked.municipality, soon)).waiting
			).toHaveLength(1);
			await decideKey(place.db, palesa, { ...asked, agreed: true }, soon);
			expect(await ids()).toHaveLength(2);
			await expect(decideKey(place.db, palesa, { ...asked, agreed: true }, soon)).rejects.toThrow(
				'already'
			);
			expect((await verifyAudit(place.db)).filter(({ broken }) => broken)).toEqual([]);
		});

		test('after an hour it is too late, and nobody else decides', async () => {
			await seal();
			const chris = await personOf(place.db, 'admin', wednesday);
			const palesa = await personOf(place.db, 'district-admin', wednesday);
			const asked = await ask(chris);
			const late = later(wednesday, minutes(60));
			await expect(decideKey(place.db, palesa, { ...asked, agreed: true }, late)).rejects.toThrow(
				'more than an hour'
			);
			for (const who of ['communications', 'disaster-approver', 'neighbour-admin', 'resident']) {
				const other = await personOf(place.db, who, wednesday);
				const deed = decideKey(place.db, other, { ...asked, agreed: true }, wednesday);
				await expect(deed, who).rejects.toMatchObject({ status: 404 });
			}
			await decideKey(place.db, chris, { ...asked, agreed: false }, wednesday);
			expect(await ids()).toHaveLength(1);
		});
	});
}, settleKhanyisa);
