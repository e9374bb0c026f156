import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { sendMessage, verifyContact } from '#lib/delivery/server/index.ts';
import { messageToken } from '#lib/delivery/server/links.ts';
import type { Asker } from '#lib/identity/asker.ts';
import { keepContact, proveContact, readContact } from '#lib/identity/server/index.ts';
import { cases } from '#lib/cases/server/schema.ts';
import {
	flag,
	followIssue,
	moderationOf,
	reportIssue,
	support,
	type ReportFacts
} from '#lib/issues/server/index.ts';
import { flags, issues, supports } from '#lib/issues/server/schema.ts';
import { limits } from '#lib/issues/limits.ts';
import { newId } from '#lib/platform/ids.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { asker, municipalityId, raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

inBothDatabases(
	(place) => {
		let light: Awaited<ReturnType<typeof raised>>;
		let khanyisa: string;
		const at = () => ({ municipalityId: khanyisa, reference: light.reference });
		const phone = (device: string, network = '196.25.1') => asker({ device, network });

		beforeEach(async () => {
			khanyisa = await municipalityId(place.db, 'KHA');
			light = await raised(place.db, { reference: 'KHA-26-4TRW8', title: 'Dark since the storm' });
		});

		const isHidden = async () =>
			(await place.db.select().from(cases).where(eq(cases.reference, light.reference)))[0].hidden;
		const flagAs = async (...who: Asker[]) => {
			for (const each of who) await flag(place.db, each, { ...at(), reason: 'insult' });
		};
		const supported = () =>
			place.db.select().from(supports).where(eq(supports.issueId, light.id)).orderBy(supports.at);

		test('one person with many fresh cookies cannot hide a report; a second network can', async () => {
			await flagAs(...['one', 'two', 'three', 'four', 'five'].map((device) => phone(device)));
			expect(await isHidden()).toBe(false);
			const kept = await place.db.select().from(flags).where(eq(flags.issueId, light.id));
			expect(kept.map(({ counts }) => counts).sort()).toEqual([false, false, false, true, true]);
			const lerato = await signedIn(place.db, 'communications');
			expect((await moderationOf(place.db, lerato, at())).flags).toHaveLength(5);

			await flagAs(phone('elsewhere', '41.0.7'));
			expect(await isHidden()).toBe(true);
		});

		test('people who signed in count as themselves, whatever their network', async () => {
			const people = ['resident', 'resident-2', 'field-worker'];
			for (const handle of people)
				await flagAs({ ...phone('shared'), actor: await signedIn(place.db, handle) });
			expect(await isHidden()).toBe(true);
		});

		test('ten voices of one phone’s cookies do not shield a report, ten proved ones do', async () => {
			for (let n = 0; n < 10; n++) await support(place.db, phone(`neighbour-${n}`), at());
			await place.db.update(supports).set({ verified: true }).where(eq(supports.issueId, light.id));
			await flagAs(phone('a', '1.1.1'), phone('b', '2.2.2'), phone('c', '3.3.3'));
			expect(await isHidden()).toBe(false);

			await place.db
				.update(supports)
				.set({ verified: false })
				.where(eq(supports.issueId, light.id));
			await flagAs(phone('d', '4.4.4'));
			expect(await isHidden()).toBe(true);
		});

		test('a neighbour’s word gains weight when their number is proved, once however many phones typed it', async () => {
			const contact = '082 000 0777';
			for (const device of ['nomsa', 'trickster']) {
				await support(place.db, phone(device), at());
				await followIssue(place.db, phone(device), { ...at(), contact });
			}
			expect((await supported()).map(({ verified }) => verified)).toEqual([false, false]);

			const { id } = await keepContact(place.db, readContact(contact)!);
			const sent = await sendMessage(place.db, {
				municipalityId: khanyisa,
				contactPointId: id,
				channel: 'sms',
				subject: 'issue',
				subjectId: light.id,
				template: 'receipt',
				facts: { reference: light.reference },
				dedupeKey: 'receipt'
			});
			await verifyContact(place.db, messageToken(sent.id!));
			expect((await supported()).map(({ verified }) => verified)).toEqual([true, false]);
		});

		test('signing in on the phone that supported it counts too', async () => {
			await support(place.db, phone('sipho'), at());
			const { id } = await keepContact(place.db, readContact('082 000 0778')!);
			await proveContact(place.db, { contactPointId: id, device: 'sipho' }, new Date());
			expect(await supported()).toMatchObject([{ verified: true, contactPointId: id }]);
		});

		const facts = (more: Partial<ReportFacts> = {}): ReportFacts => ({
			municipalityId: khanyisa,
			kind: 'suggestion',
			description: 'A bench at the clinic, please.',
			clientId: newId(),
			...more
		});

		test('a phone reports twenty times an hour; then the refusal says what to do, and nothing is kept', async () => {
			const [{ points }] = limits.report;
			const first = facts();
			await reportIssue(place.db, phone('busy'), first);
			for (let n = 1; n < points; n++) await reportIssue(place.db, phone('busy'), facts());
			const before = await place.db.$count(issues);
			const refused = reportIssue(place.db, phone('busy'), facts());
			await expect(refused).rejects.toMatchObject({
				status: 429,
				message: expect.stringMatching(/^Many reports .*Sign in .* still here\.$/)
			});
			expect(await place.db.$count(issues)).toBe(before);

			// What was sent before is answered again; others in the same hall, and people with an account, go on.
			expect(await reportIssue(place.db, phone('busy'), first)).toMatchObject({ repeated: true });
			await reportIssue(place.db, phone('another in the hall'), facts());
			const thandi = { ...phone('busy'), actor: await signedIn(place.db, 'resident') };
			await reportIssue(place.db, thandi, facts());
			const tomorrow = new Date(Date.now() + 25 * 3_600_000);
			await reportIssue(place.db, phone('busy'), facts(), tomorrow);
		});

		test('a form that was refused costs nothing', async () => {
			for (let n = 0; n < 25; n++)
				await expect(
					reportIssue(place.db, phone('careless'), facts({ description: '' }))
				).rejects.toMatchObject({ status: 400 });
			await reportIssue(place.db, phone('careless'), facts());
		});

		test('nobody signs a stranger’s number up for everything', async () => {
			const follow = (device: string) =>
				followIssue(place.db, phone(device), { ...at(), contact: '082 000 0779' });
			for (let n = 0; n < 20; n++) await follow(`cookie-${n}`);
			await expect(follow('cookie-20')).rejects.toMatchObject({ status: 429, field: 'contact' });
		});
	},
	(db) => settleKhanyisa(db)
);
