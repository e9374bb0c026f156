import { beforeEach, expect, test } from 'vitest';
import { roomForContact } from '#lib/identity/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');

inBothDatabases(
	(place) => {
		let lindiwe: Actor;
		let thandi: Actor;
		const by = (actor: Actor, kind: 'resident' | 'staff'): Actor => ({
			...actor,
			session: { ...actor.session, kind }
		});

		beforeEach(async () => {
			lindiwe = await personOf(place.db, 'councillor', monday);
			thandi = await personOf(place.db, 'resident', monday);
		});

		test('a code on the phone of the councillor adds no address that gets her new password', async () => {
			const byCode = by({ ...lindiwe, grants: [] }, 'resident');
			await expect(roomForContact(place.db, byCode, monday)).rejects.toMatchObject({ status: 409 });
			await roomForContact(place.db, by(lindiwe, 'staff'), monday);
		});

		test('a resident changes contacts as before', async () => {
			await roomForContact(place.db, by(thandi, 'resident'), monday);
		});
	},
	async (db) => {
		await settleKhanyisa(db, monday);
	}
);
