import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { myWays, sendMessage } from '#lib/delivery/server/index.ts';
import { messages } from '#lib/delivery/server/schema.ts';
import {
	attachContact,
	chooseOwnContact,
	keepContact,
	ownContacts,
	removeOwnContact,
	roomForContact
} from '#lib/identity/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const tuesday = new Date('2026-11-24T08:00:00Z');

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

		/** Thandi's address at work, which comes after the one at home. */
		const atWork = async (verified = true) => {
			const kept = await keepContact(
				place.db,
				{ kind: 'email', value: 'thandi@work.example', sms: false },
				monday
			);
			for (const purpose of ['sign_in', 'service'] as const)
				await attachContact(
					place.db,
					{ personId: thandi.id, contactPointId: kept.id, purpose, verified },
					tuesday
				);
			return kept.id;
		};
		const used = async () =>
			(await ownContacts(place.db, thandi.id))
				.filter(({ used }) => used)
				.map(({ masked }) => masked);

		test('Thandi chooses the address she reads: it is shown, and written to', async () => {
			const work = await atWork();
			expect(await used()).toContain('t•••@mail.example');
			await chooseOwnContact(place.db, thandi, work, monday);
			expect(await used()).toContain('t•••@work.example');
			expect(await used()).not.toContain('t•••@mail.example');
			expect((await myWays(place.db, thandi)).email).toBe('t•••@work.example');

			const { id: municipalityId } = await khanyisa(place.db);
			await sendMessage(
				place.db,
				{
					...{ municipalityId, personId: thandi.id, subject: 'privacy', subjectId: thandi.id },
					...{ template: 'privacy_answer', words: 'Done.', path: '/', dedupeKey: 'a' }
				},
				monday
			);
			const sent = await place.db.select().from(messages).where(eq(messages.personId, thandi.id));
			expect(sent).toMatchObject([{ channel: 'email', contactPointId: work }]);

			await removeOwnContact(place.db, thandi, work, monday);
			expect(await used()).toContain('t•••@mail.example');
		});

		test('she cannot choose what nobody proved, nor somebody else’s', async () => {
			const work = await atWork(false);
			await expect(chooseOwnContact(place.db, thandi, work, monday)).rejects.toMatchObject({
				status: 409
			});
			const [theirs] = await ownContacts(place.db, lindiwe.id);
			await chooseOwnContact(place.db, thandi, theirs.id, monday);
			expect(await used()).not.toContain(theirs.masked);
		});
	},
	async (db) => {
		await settleKhanyisa(db, monday);
	}
);
